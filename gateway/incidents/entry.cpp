#include "incidents/entry.h"

#include <algorithm>

namespace gw::incidents {
namespace {

struct Row {
  std::string_view id, japanese, english;
};
constexpr Row kRows[] = {
#define GW_INCIDENT_KIND(name, id, japanese, english) {id, japanese, english},
#include "incidents/kinds.def"
#undef GW_INCIDENT_KIND
};
const Row& row(Kind kind) { return kRows[static_cast<std::size_t>(kind)]; }

}  // namespace

std::string_view to_string(Kind kind) { return row(kind).id; }

std::string_view words_of(Kind kind, Language language) {
  return language == Language::japanese ? row(kind).japanese : row(kind).english;
}

std::optional<Kind> parse_kind(std::string_view id) {
  const auto* const found = std::ranges::find(kRows, id, &Row::id);
  if (found == std::end(kRows)) return std::nullopt;
  return static_cast<Kind>(found - std::begin(kRows));
}

}  // namespace gw::incidents
