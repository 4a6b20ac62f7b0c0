#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/event.h"

namespace gw::model {

/// By what a record is kept so long and no longer (LOG-05): what terminals did, what people did to the box,
/// and everything else.
enum class RecordClass : std::uint8_t { connection, administration, other };
inline constexpr std::size_t kRecordClasses = 3;

RecordClass class_of(EventId event);
std::string_view to_string(RecordClass of);
std::optional<RecordClass> parse_record_class(std::string_view text);

/// How long a record is kept at least, in years of 365.25 days. No less than two: thirteen months are the
/// least there may be on the box, and years are counted from a moment in the middle of one.
class KeptFor {
 public:
  static constexpr std::uint32_t kLeast = 2, kMost = 99;

  constexpr KeptFor() = default;
  static constexpr KeptFor for_ever() { return KeptFor(0); }
  /// Nothing if nobody may want that.
  static constexpr std::optional<KeptFor> years(std::uint32_t count) {
    if (count < kLeast || count > kMost) return std::nullopt;
    return KeptFor(count);
  }

  constexpr bool is_for_ever() const { return years_ == 0; }
  constexpr std::uint32_t count() const { return years_; }
  friend constexpr bool operator==(KeptFor, KeptFor) = default;

 private:
  explicit constexpr KeptFor(std::uint32_t years) : years_(years) {}
  std::uint32_t years_ = 5;
};
/// Of each class.
using Spans = std::array<KeptFor, kRecordClasses>;

}  // namespace gw::model
