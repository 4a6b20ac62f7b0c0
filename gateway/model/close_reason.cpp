#include "model/close_reason.h"

#include <array>

namespace gw::model {
namespace {

struct Row {
  std::string_view id;
  std::string_view sentence;
};

constexpr auto kReasons = std::to_array<Row>({
#define GW_REASON(name, id, sentence) {id, sentence},
#include "model/close_reasons.def"
#undef GW_REASON
});

}  // namespace

std::string_view to_string(CloseReason reason) { return kReasons[static_cast<std::size_t>(reason)].id; }
std::string_view sentence_of(CloseReason reason) {
  return kReasons[static_cast<std::size_t>(reason)].sentence;
}
CloseReason last_close_reason() { return static_cast<CloseReason>(kReasons.size() - 1); }

}  // namespace gw::model
