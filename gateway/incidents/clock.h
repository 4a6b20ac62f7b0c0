#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/clock.h"
#include "base/language.h"

namespace gw::incidents {

/// The moments of an incident that clocks are counted from.
enum class Moment : std::uint8_t { occurred, detected };
inline constexpr std::size_t kMoments = 2;
std::string_view to_string(Moment moment);
std::optional<Moment> parse_moment(std::string_view id);

enum class Counted : std::uint8_t { hours, days, promptly };

/// A time by which somebody is to be told (clocks.def).
enum class ClockId : std::uint8_t {
#define GW_INCIDENT_CLOCK(name, id, anchor, counted, aim, end, japanese, english, clause, basis) name,
#include "incidents/clocks.def"
#undef GW_INCIDENT_CLOCK
};
inline constexpr std::size_t kClocks = 0
#define GW_INCIDENT_CLOCK(name, id, anchor, counted, aim, end, japanese, english, clause, basis) +1
#include "incidents/clocks.def"
#undef GW_INCIDENT_CLOCK
    ;

struct Rule {
  std::string_view id;
  Moment anchor;
  Counted counted;
  std::uint32_t aim, end;  ///< hours or days; zero: no figure
  std::string_view japanese, english;
  std::string_view clause, basis;  ///< by which it runs, in both languages
};
const Rule& rule(ClockId clock);
std::optional<ClockId> parse_clock(std::string_view id);
inline std::string_view to_string(ClockId clock) { return rule(clock).id; }
inline std::string_view words_of(ClockId clock, Language language) {
  return language == Language::japanese ? rule(clock).japanese : rule(clock).english;
}

/// One clock of an incident. That of a service's vendor has the service behind an "@", since two vendors may
/// have promised the same: "service.72h.occurred@medical-note".
struct ClockKey {
  ClockKey() = default;
  // NOLINTNEXTLINE(google-explicit-constructor): a clock of no service is its row
  ClockKey(ClockId of, std::string about = {}) : id(of), service(std::move(about)) {}

  ClockId id{};
  std::string service{};  ///< empty: of none in particular

  friend auto operator<=>(const ClockKey&, const ClockKey&) = default;
};
std::string to_string(const ClockKey& clock);
std::optional<ClockKey> parse_key(std::string_view text);
inline const Rule& rule(const ClockKey& clock) { return rule(clock.id); }
/// "… (medical-note)" where it is about a service.
std::string words_of(const ClockKey& clock, Language language);

/// From when to when. A clock without a figure has neither aim nor end.
struct Span {
  CivilTime from{};
  std::optional<CivilTime> aim{}, ends{};

  /// Half of it is over.
  CivilTime half() const { return from + (*ends - from) / 2; }
  /// It ends soon: within a quarter of it, and never more than three days.
  CivilTime soon() const;
};
/// Days are those of Japan, which has no summer time (TIM-01).
Span span_of(const Rule& rule, CivilTime anchor);

/// Where a clock stands.
enum class Standing : std::uint8_t {
  waits,    ///< nobody has said yet when that was that it is counted from
  running,  ///< less than half is over; or it has no figure
  half,     ///< half of it is over
  soon,     ///< it ends soon
  missed,   ///< it is over, and nobody was told
  met,      ///< told in time; or at all, where there is no figure
  late,     ///< told behind its end
};
std::string_view to_string(Standing standing);
/// Of one whose anchor is known; `reported`: when somebody was told, nothing: nobody was.
Standing standing_of(const Span& span, std::optional<CivilTime> reported, CivilTime now);

}  // namespace gw::incidents
