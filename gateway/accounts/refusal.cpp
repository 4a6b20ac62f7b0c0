#include "accounts/refusal.h"

namespace gw::accounts {

std::string_view to_string(Refusal refusal) {
  constexpr std::string_view kNames[] = {"unknown_name", "locked",         "disabled",         "not_enrolled",
                                         "unreadable",   "wrong_password", "no_second_factor", "wrong_code",
                                         "used_code",    "wrong_secret",   "secret_ended",     "not_local"};
  return kNames[static_cast<std::size_t>(refusal)];
}

}  // namespace gw::accounts
