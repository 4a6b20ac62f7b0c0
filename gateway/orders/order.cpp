#include "orders/order.h"

namespace gw::orders {

std::string_view to_string(Kind kind) {
  constexpr std::string_view kWords[] = {"change", "revoke", "bundle", "update", "withdraw"};
  return kWords[static_cast<std::size_t>(kind)];
}

std::string_view to_string(State state) {
  constexpr std::string_view kWords[kStates] = {"under_way", "waits",  "done",     "declined",
                                                "expired",   "failed", "withdrawn"};
  return kWords[static_cast<std::size_t>(state)];
}

}  // namespace gw::orders
