#include "metrics/family.h"

#include <algorithm>
#include <array>

#include "base/check.h"

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

constexpr std::size_t kMostBounds = 5;

struct Buckets {
  FamilyId family;
  std::array<double, kMostBounds> bounds;
};
constexpr Buckets kBuckets[] = {
#define GW_BUCKETS(family, ...) {FamilyId::family, {__VA_ARGS__}},
#include "metrics/buckets.def"
#undef GW_BUCKETS
};

/// Those that are not there are zero.
constexpr std::size_t bounds_in(const Buckets& buckets) {
  std::size_t count = 0;
  while (count < kMostBounds && buckets.bounds[count] > 0) ++count;
  return count;
}

constexpr bool are_upwards(const Buckets& buckets) {
  for (std::size_t i = 1; i < bounds_in(buckets); ++i)
    if (buckets.bounds[i] <= buckets.bounds[i - 1]) return false;
  return bounds_in(buckets) > 0;
}

/// Of that family, which is a histogram and has room for them, for all, for the sum and for the count.
constexpr bool have_room(const Buckets& buckets) {
  const Family& one = kFamilies[static_cast<std::size_t>(buckets.family)];
  return one.kind == Kind::histogram && one.most == bounds_in(buckets) + 3;
}
static_assert(std::ranges::all_of(kBuckets, are_upwards), "the bounds of a histogram go upwards");
static_assert(std::ranges::all_of(kBuckets, have_room), "a histogram has room for its buckets");
static_assert(std::ranges::count(kFamilies, Kind::histogram, &Family::kind) == std::ssize(kBuckets),
              "each histogram has its bounds");

constexpr std::size_t most_series() {
  std::size_t sum = 0;
  for (const Family& one : kFamilies) sum += one.most;
  return sum;
}
static_assert(most_series() <= kMostSeries, "a box tells no more than what the operations centre counts on");

constexpr std::string_view kKinds[] = {"gauge", "counter", "info", "histogram"};

}  // namespace

const Family& family(FamilyId id) { return kFamilies[static_cast<std::size_t>(id)]; }
std::span<const Family> families() { return kFamilies; }
std::span<const double> bounds_of(FamilyId histogram) {
  const Buckets* const found = std::ranges::find(kBuckets, histogram, &Buckets::family);
  GW_CHECK(found != std::end(kBuckets), "only histograms have bounds");
  return {found->bounds.data(), bounds_in(*found)};
}
std::string_view to_string(Kind kind) { return kKinds[static_cast<std::size_t>(kind)]; }

}  // namespace gw::metrics
