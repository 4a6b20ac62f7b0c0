#include "pki/life.h"

#include <algorithm>

#include "pki/certificate.h"
#include "pki/times.h"

namespace gw::pki {
namespace {

constexpr std::int64_t kDay = 86'400;
constexpr long kSteps[] = {0, 1, 7, 14, 30, 60};

struct AlarmRow {
  long days;
  long percent;
};
constexpr AlarmRow kAlarms[] = {{0, 0}, {1, 1}, {7, 5}, {14, 10}, {30, 20}, {60, 33}};

}  // namespace

Life Life::of(const X509* certificate) {
  return {seconds_of(X509_get0_notBefore(certificate)).value_or(model::CivilSeconds(0)),
          not_after_of(certificate)};
}

long Life::days_left(model::CivilSeconds now) const {
  return std::max<std::int64_t>(0, (ends - now).count() / kDay);
}

long Life::percent_left(model::CivilSeconds now) const {
  const std::int64_t whole = (ends - begins).count(), left = (ends - now).count();
  return whole <= 0 ? 0 : std::clamp<std::int64_t>(left * 100 / whole, 0, 100);
}

bool Life::is_due(model::CivilSeconds now) const {
  return 3 * (now - begins).count() >= 2 * (ends - begins).count();
}

std::optional<long> Life::step(model::CivilSeconds now) const {
  for (const long step : kSteps)
    if ((ends - now).count() <= step * kDay) return step;
  return std::nullopt;
}

std::optional<Alarm> alarm_of(const Life& life, model::CivilSeconds now) {
  const long percent = life.percent_left(now);
  const auto reached = life.step(now);
  if (!reached) return std::nullopt;
  // The nearest step of both: the days may be further than the part of the life.
  for (const AlarmRow& row : kAlarms)
    if (row.days >= *reached && (row.days == 0 ? life.has_ended(now) : percent <= row.percent))
      return Alarm{row.days, life.days_left(now), percent};
  return std::nullopt;
}

}  // namespace gw::pki
