#include "incidents/nature.h"

#include <algorithm>
#include <iterator>

namespace gw::incidents {
namespace {

struct Row {
  std::string_view id, japanese, english;
};
constexpr Row kRows[] = {
#define GW_INCIDENT_NATURE(name, id, japanese, english) {id, japanese, english},
#define GW_NATURE_RUNS(nature, clock)
#include "incidents/natures.def"
#undef GW_INCIDENT_NATURE
#undef GW_NATURE_RUNS
};

struct Runs {
  Nature nature;
  ClockId clock;
};
constexpr Runs kRuns[] = {
#define GW_INCIDENT_NATURE(name, id, japanese, english)
#define GW_NATURE_RUNS(nature, clock) {Nature::nature, ClockId::clock},
#include "incidents/natures.def"
#undef GW_INCIDENT_NATURE
#undef GW_NATURE_RUNS
};

const Row& row(Nature nature) { return kRows[static_cast<std::size_t>(nature)]; }

}  // namespace

std::string_view to_string(Nature nature) { return row(nature).id; }

std::string_view words_of(Nature nature, Language language) {
  return language == Language::japanese ? row(nature).japanese : row(nature).english;
}

std::optional<Nature> parse_nature(std::string_view id) {
  const auto* const found = std::ranges::find(kRows, id, &Row::id);
  if (found == std::end(kRows)) return std::nullopt;
  return static_cast<Nature>(found - std::begin(kRows));
}

std::vector<ClockId> clocks_of(Nature nature) {
  std::vector<ClockId> out;
  for (const Runs& one : kRuns)
    if (one.nature == nature) out.push_back(one.clock);
  return out;
}

}  // namespace gw::incidents
