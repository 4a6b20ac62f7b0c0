// What is spoken with whom (NET-01 to NET-07, SRV-05).

#include <algorithm>

#include "control/findings/service_papers.h"
#include "control/setup_findings.h"
#include "control/way_to_cloud.h"
#include "model/endpoint_words.h"
#include "papers/comparison.h"

namespace gw::control::findings {
namespace {

using model::Mode;
using model::RuleRoll;

constexpr std::chrono::days kTrialsGood{7};

const RuleRoll& rules_of(const Observed& seen) { return seen.around.reviews.rules().rules(); }

std::size_t count_of(const Observed& seen, Mode mode) {
  return static_cast<std::size_t>(std::ranges::count(rules_of(seen).rows, mode, &RuleRoll::Row::mode));
}

/// In Japanese, as tables are: the papers are.
std::string plaintext_of(Mode mode) {
  return said(mode == Mode::terminate ? Text::plain_box : Text::plain_ends).japanese;
}

std::string joined(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out.append(out.empty() ? "" : ", ").append(text);
  return out;
}

std::string trial_label() { return said(Text::endpoints_trial).japanese; }

std::string outcome_of(const model::ServiceTrial& one) {
  std::string out = outcome_text(one.outcome);
  if (one.remote.port != 0) out += " " + one.remote.to_text();
  return one.tls.empty() ? out : out + " " + one.tls;
}

void say_trials(Draft& out, const Observed& seen) {
  const model::ServiceTrials& all = seen.sight.diagnosis.trials;
  if (all.trials.empty()) return;
  const auto is_verified = [](const auto& one) { return !failed_at(one) && !one.tls.empty(); };
  const auto is_inner = [](const auto& one) { return !failed_at(one) && one.tls.empty(); };
  const auto many = [&](auto fits) {
    return static_cast<std::size_t>(std::ranges::count_if(all.trials, fits));
  };
  const std::size_t verified = many(is_verified), inner = many(is_inner),
                    failed = all.trials.size() - verified - inner;
  out.say(Text::endpoints_good, {text_of(all.trials.size()), text_of(verified)});
  if (inner != 0) out.say(Text::endpoints_inner, {text_of(inner)});
  if (failed != 0) out.say(State::attention, Text::endpoints_bad, {text_of(failed)});
  if (const std::string open = joined(web::open_trials(all, rules_of(seen))); !open.empty())
    out.say(State::attention, Text::endpoints_open, {open});
  if (all.ended.count() != 0 && seen.now - CivilTime(all.ended) > kTrialsGood)
    out.say(State::attention, Text::endpoints_old, {time_of(all.ended)});
}

/// In the order of model::EndpointRemark.
constexpr Text kRemarks[] = {Text::remark_profile, Text::remark_older, Text::remark_suites,
                             Text::remark_name,    Text::remark_ends,  Text::remark_exception};

void say_grades(Draft& out, const std::vector<model::EndpointGrade>& grades) {
  if (grades.empty()) return;
  const auto oldest = std::ranges::min_element(grades, {}, &model::EndpointGrade::at);
  out.say(Text::endpoints_graded, {text_of(grades.size()), time_of(oldest->at)});
  for (const model::EndpointGrade& grade : grades)
    for (const model::EndpointRemark remark : remarks_on(grade))
      out.say(State::attention, kRemarks[static_cast<std::size_t>(remark)],
              {grade.tenant + "/" + grade.service});
}

papers::Observation observation_of(const model::EndpointGrade& grade) {
  papers::Observation out;
  for (const model::EndpointRow& row : model::rows_of(grade)) out[row.fact] = row.observed;
  return out;
}

/// What is said of a list stands there as it is.
std::string stated_text(const papers::Compared& one) {
  const papers::Fact& fact = papers::fact(one.about);
  return fact.multitude == papers::Multitude::several
             ? one.stated
             : papers::value_text(fact.kind, one.stated, Language::japanese);
}

void say_differences(Draft& out, const Observed& seen, const model::EndpointGrade& grade) {
  const ProfileFound* found = seen.around.evidence.profiles().of(grade.service);
  if (found == nullptr) return;
  for (const papers::Compared& one : papers::compare(found->profile, observation_of(grade)))
    if (one.outcome == papers::Compared::Outcome::differs)
      out.say(State::attention, Text::paper_differs,
              {grade.tenant + "/" + grade.service, label_of(one.about), stated_text(one), one.observed});
}

}  // namespace

Result<Finding> tls_versions(const Observed& seen) {
  if (seen.around.reviews.is_behind()) return Draft(State::unknown).say(Text::counting).take();
  const review::Summary month = seen.around.reviews.running();
  const std::string name = review::to_text(month.month);
  if (month.tls.all == 0)
    return Draft(State::unknown).say(Text::tls_none_yet, {name}).of_records(seen).take();
  Draft out(State::shown);
  out.say(Text::tls_month, {name, text_of(month.tls.all)});
  if (month.before_13 == 0) out.say(Text::tls_only_13);
  if (month.before_13 != 0) out.say(State::attention, Text::tls_some_12, {text_of(month.before_13)});
  out.columns({Text::col_side, Text::col_sessions});
  for (const auto& row : month.tls.rows) out.row({row.name, text_of(row.count)});
  if (month.tls.rows.size() == review::kMostRows) out.say(Text::newest_shown);
  return out.of_records(seen).take();
}

Result<Finding> tls_mutual(const Observed& seen) {
  if (rules_of(seen).rows.empty())
    return Draft(State::unknown).say(Text::no_rules).of_configuration(seen).take();
  const std::size_t both = count_of(seen, Mode::terminate), around = count_of(seen, Mode::wrap),
                    none = count_of(seen, Mode::pass_through);
  Draft out(State::by_design);
  if (both + around != 0) out.say(Text::mutual_down, {text_of(both + around)});
  if (both != 0) out.say(Text::mutual_up, {text_of(both)});
  if (around != 0) out.say(Text::mutual_inner, {text_of(around)});
  if (none != 0) out.say(State::attention, Text::mutual_not, {text_of(none)});
  return out.of_configuration(seen).take();
}

Result<Finding> tls_exceptions(const Observed& seen) {
  const auto& exceptions = rules_of(seen).exceptions;
  if (exceptions.empty()) return Draft(State::shown).say(Text::no_exceptions).of_configuration(seen).take();
  Draft out(State::attention);
  out.say(Text::exceptions, {text_of(exceptions.size())});
  const auto ended =
      std::ranges::count_if(exceptions, [&](const auto& one) { return CivilTime(one.until) <= seen.now; });
  if (ended != 0) out.say(Text::exceptions_ended, {std::to_string(ended)});
  out.columns({Text::col_tenant, Text::col_service, Text::col_what, Text::col_until, Text::col_reason,
               Text::col_approver});
  for (const RuleRoll::Exception& one : exceptions)
    out.row({one.tenant, one.service, said(exception_text(one.what)).japanese, time_of(one.until), one.reason,
             one.approver});
  return out.of_configuration(seen).take();
}

Result<Finding> tls_endpoints(const Observed& seen) {
  const model::ServiceTrials& all = seen.sight.diagnosis.trials;
  if (all.trials.empty() && all.endpoints.empty())
    return Draft(State::unknown).say(Text::endpoints_none).take();
  Draft out(State::shown);
  say_trials(out, seen);
  say_grades(out, all.endpoints);
  for (const model::EndpointGrade& grade : all.endpoints) say_differences(out, seen, grade);
  out.columns({Text::col_tenant, Text::col_service, Text::col_what, Text::col_observed});
  for (const model::ServiceTrial& one : all.trials)
    out.row({one.tenant, one.service, trial_label(), outcome_of(one)});
  for (const model::EndpointGrade& grade : all.endpoints)
    for (const model::EndpointRow& row : model::rows_of(grade))
      out.row({grade.tenant, grade.service, row.what, row.observed});
  return out.of_trials(seen).take();
}

Result<Finding> modes_plaintext(const Observed& seen) {
  const auto& rows = rules_of(seen).rows;
  if (rows.empty()) return Draft(State::unknown).say(Text::no_rules).of_configuration(seen).take();
  Draft out(State::by_design);
  out.say(Text::modes_told);
  out.columns({Text::col_tenant, Text::col_service, Text::col_where, Text::col_mode, Text::col_plaintext});
  for (const RuleRoll::Row& row : rows)
    out.row({row.tenant, row.service, row.server_name + ":" + std::to_string(row.port),
             shown(model::to_string(row.mode)), plaintext_of(row.mode)});
  return out.of_configuration(seen).take();
}

Result<Finding> modes_no_vpn(const Observed& seen) {
  return Draft(State::by_design).say(Text::no_vpn).of_configuration(seen).take();
}

}  // namespace gw::control::findings
