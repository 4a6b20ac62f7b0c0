#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/language.h"
#include "incidents/clock.h"

namespace gw::incidents {

/// Of which kind an incident is (natures.def).
enum class Nature : std::uint8_t {
#define GW_INCIDENT_NATURE(name, id, japanese, english) name,
#define GW_NATURE_RUNS(nature, clock)
#include "incidents/natures.def"
#undef GW_INCIDENT_NATURE
#undef GW_NATURE_RUNS
};
inline constexpr std::size_t kNatures = 0
#define GW_INCIDENT_NATURE(name, id, japanese, english) +1
#define GW_NATURE_RUNS(nature, clock)
#include "incidents/natures.def"
#undef GW_INCIDENT_NATURE
#undef GW_NATURE_RUNS
    ;
std::string_view to_string(Nature nature);
std::optional<Nature> parse_nature(std::string_view id);
std::string_view words_of(Nature nature, Language language);
/// The clocks that run for it, in the order of their table.
std::vector<ClockId> clocks_of(Nature nature);

}  // namespace gw::incidents
