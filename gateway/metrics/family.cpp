#include "metrics/family.h"

#include <array>

namespace gw::metrics {
namespace {

constexpr std::size_t kMostLabels = 2;

/// As families.def has it: the labels stand in front, the rest of the array is empty.
struct Row {
  Family family;
  std::array<std::string_view, kMostLabels> labels;
};

constexpr std::size_t labels_in(const std::array<std::string_view, kMostLabels>& labels) {
  std::size_t count = 0;
  while (count < labels.size() && !labels[count].empty()) ++count;
  return count;
}

constexpr Row kRows[] = {
#define GW_FAMILY(id, name, kind, unit, most, help, ...) \
  {{FamilyId::id, name, Kind::kind, unit, most, help, {}}, {__VA_ARGS__}},
#include "metrics/families.def"
#undef GW_FAMILY
};

constexpr auto kFamilies = [] {
  std::array<Family, std::size(kRows)> out{};
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = kRows[i].family;
    out[i].labels = {kRows[i].labels.data(), labels_in(kRows[i].labels)};
  }
  return out;
}();

constexpr std::size_t most_series() {
  std::size_t sum = 0;
  for (const Family& one : kFamilies) sum += one.most;
  return sum;
}
static_assert(most_series() <= kMostSeries, "a box tells no more than what the operations centre counts on");

constexpr std::string_view kKinds[] = {"gauge", "counter", "info"};
constexpr std::string_view kSuffixes[] = {"", "_total", "_info"};

}  // namespace

const Family& family(FamilyId id) { return kFamilies[static_cast<std::size_t>(id)]; }
std::span<const Family> families() { return kFamilies; }
std::string_view suffix_of(Kind kind) { return kSuffixes[static_cast<std::size_t>(kind)]; }
std::string_view to_string(Kind kind) { return kKinds[static_cast<std::size_t>(kind)]; }

}  // namespace gw::metrics
