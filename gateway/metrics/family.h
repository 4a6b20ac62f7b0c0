#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace gw::metrics {

enum class Kind : std::uint8_t { gauge, counter, info, histogram };

/// Closed list of what the box measures (families.def).
enum class FamilyId : std::uint8_t {
#define GW_FAMILY(id, name, kind, unit, most, help, ...) id,
#include "metrics/families.def"
#undef GW_FAMILY
};

/// A family of series in the words of OpenMetrics 1.0.
struct Family {
  FamilyId id;
  std::string_view name;
  Kind kind;
  std::string_view unit;  ///< empty: none
  std::size_t most;       ///< series
  std::string_view help;
  std::span<const std::string_view> labels;
};

const Family& family(FamilyId id);
std::span<const Family> families();
/// Of a histogram: what its buckets hold at the most, upwards, without the last one, which holds all.
std::span<const double> bounds_of(FamilyId histogram);
/// "gauge", "counter", "info" or "histogram".
std::string_view to_string(Kind kind);

/// Series of one box, whatever happens (CAP-01): what ten thousand of them cost the operations centre is
/// known.
inline constexpr std::size_t kMostSeries = 200;

}  // namespace gw::metrics
