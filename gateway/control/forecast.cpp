#include "control/forecast.h"

#include <algorithm>
#include <iterator>

namespace gw::control {
namespace {

using std::chrono::seconds;

constexpr seconds kDay = std::chrono::hours(24);
constexpr seconds kLeastWhile = std::chrono::hours(1);  // a box that starts writes more than it does later

}  // namespace

Forecast forecast_of(const Growth& growth, std::uint64_t octets_left) {
  Forecast out{.left = octets_left};
  if (growth.records == 0) return out;
  const double each = static_cast<double>(growth.octets) / static_cast<double>(growth.records);
  const double days =
      static_cast<double>(std::max(growth.while_, kLeastWhile).count()) / static_cast<double>(kDay.count());
  out.a_day = static_cast<std::uint64_t>(each * static_cast<double>(growth.recent) / days);
  if (out.a_day != 0) out.days_left = octets_left / out.a_day;
  return out;
}

bool SpaceWarning::is_due(const Forecast& forecast) {
  const std::uint64_t days = forecast.days_left.value_or(UINT64_MAX);
  while (said_ > 0 && days > kDays[said_ - 1] + std::max<std::uint64_t>(kDays[said_ - 1] / 10, 1)) --said_;
  const std::size_t before = said_;
  while (said_ < std::size(kDays) && days <= kDays[said_]) ++said_;
  return said_ != before;
}

}  // namespace gw::control
