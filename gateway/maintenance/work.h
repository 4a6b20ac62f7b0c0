#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "accounts/permissions.h"
#include "base/language.h"

namespace gw::maintenance {

/// One kind of thing that a maintainer does (works.def, RMT-03).
enum class Work : std::uint8_t {
#define GW_WORK(name, id, japanese, english, place, right) name,
#include "maintenance/works.def"
#undef GW_WORK
};
inline constexpr std::size_t kWorks = 0
#define GW_WORK(name, id, japanese, english, place, right) +1
#include "maintenance/works.def"
#undef GW_WORK
    ;
inline constexpr Work kLastWork = static_cast<Work>(kWorks - 1);

/// Stable text id.
std::string_view to_string(Work work);
std::optional<Work> parse_work(std::string_view id);
std::string_view words_of(Work work, Language language);
/// What the maintainer's role must allow besides.
accounts::Operation right_of(Work work);

/// On what somebody works: the box itself, or one device behind it.
struct Target {
  enum class Place : std::uint8_t { box, device };
  Place place = Place::box;
  std::string name{};  ///< of the device: is_name(); of the box: empty

  /// "box", "device NAME".
  std::string to_text() const;
  friend bool operator==(const Target&, const Target&) = default;
};
Target::Place place_of(Work work);

}  // namespace gw::maintenance
