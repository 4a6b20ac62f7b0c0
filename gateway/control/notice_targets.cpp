#include "control/notice_targets.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "base/jst.h"

namespace gw::control {
namespace {

using incidents::ClockId;
using incidents::Counted;
using incidents::Moment;
using papers::FactId;
using papers::Statement;
using Target = incidents::Incidents::Concern::Service;

/// "72 h" or "3 d" in hours; nothing: it is not in whole hours.
std::optional<std::uint32_t> hours_of(std::string_view span) {
  std::uint32_t count = 0;
  const auto read = std::from_chars(span.data(), span.data() + span.size(), count);
  const std::string_view unit(read.ptr, static_cast<std::size_t>(span.data() + span.size() - read.ptr));
  if (read.ec != std::errc() || (unit != " h" && unit != " d")) return std::nullopt;
  constexpr std::uint32_t kMostDays = std::numeric_limits<std::uint32_t>::max() / 24;
  if (unit == " h") return count;
  return count <= kMostDays ? std::optional(count * 24) : std::nullopt;
}

/// The row of a vendor that has that figure.
std::optional<ClockId> clock_of(const Statement& within, const Statement& anchor) {
  if (within.is_unknown() || anchor.is_unknown()) return std::nullopt;
  const auto hours = hours_of(within.value);
  const Moment moment = anchor.value == "発生" ? Moment::occurred : Moment::detected;
  for (std::size_t i = 0; i < incidents::kClocks; ++i) {
    const auto clock = static_cast<ClockId>(i);
    const incidents::Rule& rule = incidents::rule(clock);
    if (rule.counted == Counted::hours && rule.anchor == moment && rule.end == hours) return clock;
  }
  return std::nullopt;
}

std::string in_brackets(const std::string& text) { return text.empty() ? text : "(" + text + ")"; }

/// "検知から 72 h(目標)"; of what is unknown whether its owner was asked.
std::string said(const Statement& one, std::string_view what, std::string_view behind) {
  if (!one.is_unknown()) return std::string(what) + one.value + std::string(behind) + in_brackets(one.note);
  const std::string asked =
      one.asked ? to_day_text(*one.asked) + " に照会済み" : std::string("未照会、サービス事業者に確認する");
  return std::string(what) + "不明" + in_brackets(one.note) + "・" + asked;
}

std::string place_of(const papers::Profile& profile, const Statement& within) {
  const Statement& version = profile.of(FactId::source_version).front();
  return "サービスの開示書 " + profile.name + (version.is_unknown() ? "" : " " + version.value) +
         (within.where.empty() ? "" : " " + within.where);
}

}  // namespace

Target notice_target(const std::string& service, const ProfilesFound& profiles) {
  const ProfileFound* found = profiles.of(service);
  if (found == nullptr)
    return {service, ClockId::vendor_unknown,
            "このサービスの開示書は装置にない。通知までの時間と起点をサービス事業者に確認する"};
  const Statement& within = found->profile.of(FactId::incident_within).front();
  const Statement& anchor = found->profile.of(FactId::incident_counted_from).front();
  const auto clock = clock_of(within, anchor);
  const bool has_no_row = !clock && !within.is_unknown() && !anchor.is_unknown();
  const std::string words = place_of(found->profile, within) + ": " + said(within, "通知まで ", "") + "、" +
                            said(anchor, "起点 ", "") +
                            (has_no_row ? "。装置の期限の表にない長さのため、人が期限を数える" : "");
  return {service, clock.value_or(ClockId::vendor_unknown), words};
}

std::vector<std::string> services_of(const model::RuleRoll& rules) {
  std::vector<std::string> out;
  for (const model::RuleRoll::Door& door : rules.doors)
    for (const model::RuleRoll::Name& service : door.services) out.push_back(service.text);
  for (const model::RuleRoll::Row& row : rules.rows) out.push_back(row.service);
  std::ranges::sort(out);
  out.erase(std::ranges::unique(out).begin(), out.end());
  return out;
}

Result<std::vector<Target>> notice_targets(const std::vector<std::string>& services,
                                           const model::RuleRoll& rules, const ProfilesFound& profiles) {
  const std::vector<std::string> known = services_of(rules);
  std::vector<Target> out;
  for (const std::string& service : services) {
    if (!std::ranges::binary_search(known, service) && profiles.of(service) == nullptr)
      return Error{ErrorCode::incident_unsuitable,
                   "services: " + service +
                       " is in no configuration and has no profile; name it as the "
                       "configuration does"};
    out.push_back(notice_target(service, profiles));
  }
  return out;
}

}  // namespace gw::control
