#include <chrono>
#include <string>

#include "config/compilation.h"
#include "config/names.h"

namespace gw::config {
namespace {

/// What an exception must say (NET-02). Empty: all there.
std::string missing_from_exception(const ProfileKeys& keys) {
  std::vector<std::string_view> missing;
  if (keys.until.state == State::absent) missing.push_back("until");
  if (keys.reason.state == State::absent) missing.push_back("reason");
  if (keys.approver.state == State::absent) missing.push_back("approver");
  return missing.empty() ? std::string{} : listed(missing);
}

/// The same day a year from now, at the end of it.
model::CivilSeconds latest_end(CivilTime now) {
  const auto today = std::chrono::floor<std::chrono::days>(now);
  std::chrono::year_month_day day{today};
  day += std::chrono::years{1};
  if (!day.ok()) day = day.year() / day.month() / std::chrono::last;
  return std::chrono::sys_days{day}.time_since_epoch() + std::chrono::days{1};
}

/// `instead`: what to do about one that has ended.
void check_end(Compilation& compilation, const Given<Date>& until, const std::string& instead) {
  if (!until) return;
  const CivilTime end{std::chrono::duration_cast<CivilTime::duration>(until->value)};
  // A box must start with the file it has, and the end of one service's exception is none of the others'.
  if (end <= compilation.surroundings.now)
    compilation.problems.warn(until.at, ErrorCode::config_exception_expired,
                              "the exception has ended, so this service refuses everybody; " + instead);
  else if (until->value > latest_end(compilation.surroundings.now))
    compilation.problems.add(until.at, ErrorCode::config_value_range,
                             "an exception lasts 12 months at most; choose an earlier day");
}

void check_exception(Compilation& compilation, const Given<ProfileKeys>& keys) {
  if (const std::string missing = missing_from_exception(*keys); !missing.empty())
    compilation.problems.add(keys.at, ErrorCode::config_exception_undated,
                             "HIGH-12 is an exception and needs " + missing + " beside its name");
  check_end(compilation, keys->until, "use HIGH-13, or have it approved anew with a later day");
}

void refuse_dates_without_exception(Compilation& compilation, const ProfileKeys& keys) {
  const auto refuse = [&](const auto& given, std::string_view key) {
    if (given)
      compilation.problems.add(given.at, ErrorCode::config_key_unknown,
                               in_quotes(key) + " belongs to an exception and HIGH-13 is none; take it out");
  };
  refuse(keys.until, "until");
  refuse(keys.reason, "reason");
  refuse(keys.approver, "approver");
}

}  // namespace

model::Profile compile_profile(Compilation& compilation, const Given<ProfileKeys>& keys) {
  model::Profile profile;
  take(keys->name, profile.name);
  take(keys->until, profile.until);
  take(keys->reason, profile.reason);
  take(keys->approver, profile.approver);
  if (!keys || !keys->name) return profile;
  if (profile.name == model::ProfileName::high_12)
    check_exception(compilation, keys);
  else
    refuse_dates_without_exception(compilation, *keys);
  return profile;
}

std::optional<model::DatedException> compile_exception(Compilation& compilation,
                                                       const Given<ExceptionKeys>& keys) {
  if (!keys) return std::nullopt;
  check_end(compilation, keys->until, "have it approved anew with a later day");
  model::DatedException exception;
  take(keys->until, exception.until);
  take(keys->reason, exception.reason);
  take(keys->approver, exception.approver);
  return exception;
}

}  // namespace gw::config
