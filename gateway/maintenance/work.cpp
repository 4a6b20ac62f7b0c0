#include "maintenance/work.h"

#include <algorithm>
#include <array>

namespace gw::maintenance {
namespace {

struct Row {
  std::string_view id, japanese, english;
  Target::Place place;
  accounts::Operation right;
};
constexpr std::array<Row, kWorks> kRows = {{
#define GW_WORK(name, id, japanese, english, place, right) \
  {id, japanese, english, Target::Place::place, accounts::Operation::right},
#include "maintenance/works.def"
#undef GW_WORK
}};

const Row& row(Work work) { return kRows[static_cast<std::size_t>(work)]; }

}  // namespace

std::string_view to_string(Work work) { return row(work).id; }

std::optional<Work> parse_work(std::string_view id) {
  const auto* found = std::ranges::find(kRows, id, &Row::id);
  if (found == kRows.end()) return std::nullopt;
  return static_cast<Work>(found - kRows.begin());
}

std::string_view words_of(Work work, Language language) {
  return language == Language::japanese ? row(work).japanese : row(work).english;
}

accounts::Operation right_of(Work work) { return row(work).right; }
Target::Place place_of(Work work) { return row(work).place; }

std::string Target::to_text() const { return place == Place::box ? "box" : "device " + name; }

}  // namespace gw::maintenance
