#include "incidents/clock.h"

#include <algorithm>
#include <array>

#include "base/jst.h"

namespace gw::incidents {
namespace {

constexpr std::array<Rule, kClocks> kRules = {{
#define GW_INCIDENT_CLOCK(name, id, anchor, counted, aim, end, japanese, english, clause, basis) \
  {id, Moment::anchor, Counted::counted, aim, end, japanese, english, clause, basis},
#include "incidents/clocks.def"
#undef GW_INCIDENT_CLOCK
}};
constexpr std::string_view kMomentIds[kMoments] = {"occurred", "detected"};
constexpr std::string_view kStandings[] = {"waits", "running", "half", "soon", "missed", "met", "late"};
constexpr std::chrono::hours kSoonest{72};

/// The end of the last of so many days, of which that of the anchor is the first.
CivilTime end_of_days(CivilTime anchor, std::uint32_t many) {
  const auto since = std::chrono::floor<std::chrono::seconds>(anchor.time_since_epoch());
  return CivilTime(jst_day_of(since) + std::chrono::days(many)) - kJst;
}

CivilTime end_of(Counted counted, CivilTime anchor, std::uint32_t many) {
  return counted == Counted::days ? end_of_days(anchor, many) : anchor + std::chrono::hours(many);
}

}  // namespace

std::string_view to_string(Moment moment) { return kMomentIds[static_cast<std::size_t>(moment)]; }
std::string_view to_string(Standing standing) { return kStandings[static_cast<std::size_t>(standing)]; }

std::optional<Moment> parse_moment(std::string_view id) {
  const auto* const found = std::ranges::find(kMomentIds, id);
  if (found == std::end(kMomentIds)) return std::nullopt;
  return static_cast<Moment>(found - std::begin(kMomentIds));
}

const Rule& rule(ClockId clock) { return kRules[static_cast<std::size_t>(clock)]; }

std::optional<ClockId> parse_clock(std::string_view id) {
  const auto* const found = std::ranges::find(kRules, id, &Rule::id);
  if (found == kRules.end()) return std::nullopt;
  return static_cast<ClockId>(found - kRules.begin());
}

std::string to_string(const ClockKey& clock) {
  const std::string id(to_string(clock.id));
  return clock.service.empty() ? id : id + "@" + clock.service;
}

std::optional<ClockKey> parse_key(std::string_view text) {
  const std::size_t at = text.find('@');
  const auto id = parse_clock(text.substr(0, at));
  const bool names_nobody = at != std::string_view::npos && at + 1 == text.size();
  if (!id || names_nobody) return std::nullopt;
  return ClockKey(*id, at == std::string_view::npos ? "" : std::string(text.substr(at + 1)));
}

std::string words_of(const ClockKey& clock, Language language) {
  const std::string words(words_of(clock.id, language));
  return clock.service.empty() ? words : words + " (" + clock.service + ")";
}

CivilTime Span::soon() const { return *ends - std::min<CivilTime::duration>((*ends - from) / 4, kSoonest); }

Span span_of(const Rule& rule, CivilTime anchor) {
  if (rule.counted == Counted::promptly) return {anchor, {}, {}};
  return {anchor, end_of(rule.counted, anchor, rule.aim), end_of(rule.counted, anchor, rule.end)};
}

Standing standing_of(const Span& span, std::optional<CivilTime> reported, CivilTime now) {
  if (reported) return span.ends && *reported > *span.ends ? Standing::late : Standing::met;
  if (!span.ends) return Standing::running;
  if (now > *span.ends) return Standing::missed;
  if (now >= span.soon()) return Standing::soon;
  return now >= span.half() ? Standing::half : Standing::running;
}

}  // namespace gw::incidents
