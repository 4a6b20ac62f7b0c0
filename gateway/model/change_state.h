#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace gw::model {

/// Where a change of the configuration stands (WLS-04). Each is one configuration, whole.
enum class ChangeState : std::uint8_t {
#define GW_CHANGE_STATE(name, text, kind) name,
#include "model/change_states.def"
#undef GW_CHANGE_STATE
};

/// Does the box stand on it without having it for good? No more than one does.
bool is_in_flight(ChangeState state);
/// Nothing happens to it any more.
bool is_over(ChangeState state);
std::string_view to_string(ChangeState state);
std::optional<ChangeState> parse_change_state(std::string_view text);
ChangeState last_change_state();

/// How long a change waits to be confirmed.
struct ChangeWindow {
  static constexpr std::chrono::seconds kLeast{30};
  static constexpr std::chrono::seconds kUsual{180};
  static constexpr std::chrono::seconds kMost{30 * 60};
};

}  // namespace gw::model
