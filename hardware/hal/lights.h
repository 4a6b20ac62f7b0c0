#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/clock.h"
#include "model/board_state.h"

namespace gw::hal {

/// Closed list of what the lights say (lights.def).
enum class LightState : std::uint8_t {
#define GW_LIGHT(name, status, attention, ja, do_ja, en, do_en) name,
#include "hal/lights.def"
#undef GW_LIGHT
};

struct LightRow {
  LightState state;
  std::string_view id;
  std::string_view status;     ///< pattern: '#' on, '.' off, kParts long
  std::string_view attention;  ///< likewise
};
inline constexpr std::size_t kParts = 16;
inline constexpr std::chrono::milliseconds kPart{125};
std::span<const LightRow> light_rows();

/// Both lights at a moment, which is counted from any.
struct Lit {
  bool status = false;
  bool attention = false;
  bool operator==(const Lit&) const = default;
};
Lit lit_at(LightState state, std::chrono::milliseconds moment);

/// What the lights have to say by all that is known. Pure.
struct Signs {
  std::optional<LightState> button{};          ///< armed or erasing: before all else
  std::optional<model::ConditionSign> said{};  ///< by the supervisor, last
  bool is_board_well = true;                   ///< heat, fans and disk
  std::chrono::milliseconds now{0};            ///< since the machine's start
};
/// A supervisor that says nothing for so long is one that hangs; one that never said anything starts yet.
inline constexpr std::chrono::seconds kSilence{15};
inline constexpr std::chrono::minutes kToStart{10};
LightState light_for(const Signs& signs);

}  // namespace gw::hal
