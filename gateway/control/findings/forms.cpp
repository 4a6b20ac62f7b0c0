#include "control/findings/forms.h"

#include <algorithm>
#include <set>

#include "base/jst.h"
#include "base/text.h"
#include "control/findings/service_papers.h"
#include "papers/choices.h"

namespace gw::control::findings {
namespace {

using evidence::Form;
using model::Mode;
using model::RuleRoll;
using papers::FactId;

constexpr std::size_t kMonths = 2;       // if nobody says which
constexpr std::size_t kMostMonths = 24;  // of those that were asked for, the newest
constexpr std::size_t kMonthsLookedAt = 1'200;

void add_row(Form& form, std::vector<std::string> cells) {
  if (form.table.rows.size() < evidence::kMostRows) form.table.rows.push_back(std::move(cells));
}
void add_row(Form& form, Text name, std::string value) {
  add_row(form, {said(name).japanese, std::move(value)});
}
void add_columns(Form& form, std::initializer_list<Text> names) {
  for (const Text name : names) form.table.columns.push_back(said(name));
}
void add_blanks(Form& form, std::initializer_list<Text> names) {
  for (const Text name : names) form.blanks.push_back(said(name));
}

/// Each once, though several services have it.
void add_source(Form& form, const ProfileFound& found) {
  const std::string which = found.profile.name + ", SHA-256 " + to_hex(found.digest);
  if (std::ranges::none_of(form.sources, [&](const evidence::Source& one) { return one.which == which; }))
    form.sources.push_back({said(Text::src_profile), which});
}

evidence::Source configuration_of(const Observed& seen) {
  return {said(Text::src_configuration), text_of(seen.sight.diagnosis.state.generation.number())};
}

// ---------------------------------------------------------------- consent

/// In the order of model::Mode: what is agreed to.
constexpr Text kConsents[] = {Text::consent_terminate, Text::consent_wrap, Text::consent_passed};
constexpr Text kModes[] = {Text::mode_terminate, Text::mode_wrap, Text::mode_passed};
constexpr Text kPlaintext[] = {Text::plain_box, Text::plain_ends, Text::plain_ends};

Form consent_of(const Observed& seen, const RuleRoll& rules, const RuleRoll::Row& row, std::size_t number) {
  const auto mode = static_cast<std::size_t>(row.mode);
  const std::string name = row.tenant + "/" + row.service;
  Form out{.id = "consent-" + std::to_string(number), .title = said(Text::consent_title, {name})};
  out.says = {said(kConsents[mode]), said(Text::consent_told)};
  add_columns(out, {Text::col_what, Text::col_detail});
  add_row(out, Text::col_service, name);
  add_row(out, Text::col_where, row.server_name + ":" + std::to_string(row.port));
  add_row(out, Text::col_mode, said(kModes[mode]).japanese);
  add_row(out, Text::col_plaintext, said(kPlaintext[mode]).japanese);
  for (const RuleRoll::Exception& one : rules.exceptions)
    if (one.tenant == row.tenant && one.service == row.service)
      add_row(out, exception_text(one.what), time_of(one.until) + "、" + one.reason + "、" + one.approver);
  add_blanks(out, {Text::blank_clinic, Text::blank_service, Text::blank_number});
  out.sources = {configuration_of(seen)};
  return out;
}

void add_consents(const Observed& seen, std::vector<Form>& out) {
  const RuleRoll& rules = seen.around.reviews.rules().rules();
  std::set<std::string> done;
  for (const RuleRoll::Row& row : rules.rows)
    if (done.insert(row.tenant + "/" + row.service).second)
      out.push_back(consent_of(seen, rules, row, done.size()));
}

// ---------------------------------------------------------------- questionnaire

Form questionnaire_of(const ProfileFound& found, CivilTime now) {
  const papers::Profile& profile = found.profile;
  const std::string& known = profile.value_of(papers::FactId::service_name);
  Form out{.id = "questions-" + profile.name,
           .title = said(Text::asks_title, {known.empty() ? profile.name : known})};
  out.says = {
      said(Text::asks_paper, {profile.value_of(papers::FactId::service_provider), title_of(profile)})};
  add_columns(out, {Text::col_number, Text::col_to, Text::col_question, Text::col_paper, Text::col_asked,
                    Text::col_answer});
  std::size_t number = 0;
  for (const papers::Question& one : open_questions(found, now)) {
    const papers::Fact& fact = papers::fact(one.about);
    add_row(out, {std::to_string(++number),
                  std::string(papers::kParties[static_cast<std::size_t>(one.to)].shown.japanese),
                  std::string(fact.question.japanese) + " [" + std::string(fact.control) + "]",
                  in_print(profile, one.about),
                  asked_text(one.asked),
                  {}});
  }
  add_blanks(out, {Text::blank_answered});
  out.sources = {{said(Text::src_profile), profile.name + ", SHA-256 " + to_hex(found.digest)}};
  return out;
}

void add_questionnaires(const Observed& seen, std::vector<Form>& out) {
  std::set<std::string> done;
  for (const ServicePaper& one : papers_of(seen))
    if (one.found != nullptr && done.insert(one.found->profile.name).second)
      out.push_back(questionnaire_of(*one.found, seen.now));
}

// ---------------------------------------------------------------- to go on working

/// What is promised of a service's data and of its changes, as a plan to go on working wants it.
constexpr FactId kContinuity[] = {FactId::backup_count,         FactId::backup_unit,
                                  FactId::backup_interval,      FactId::backup_restore_on_request,
                                  FactId::backup_customer_duty, FactId::change_lead_time};

/// "7 世代"; what is open of both is said once.
std::string backups_of(const papers::Profile& profile) {
  const std::string count = said_in_paper(profile, FactId::backup_count),
                    unit = said_in_paper(profile, FactId::backup_unit);
  return count == unit ? count : count + " " + unit;
}

Form continuity_of(const std::vector<ServicePaper>& all) {
  Form out{.id = "continuity", .title = said(Text::continuity_title)};
  out.says = {said(Text::continuity_told), said(Text::continuity_units)};
  add_columns(out, {Text::col_service, Text::col_backup, Text::col_interval, Text::col_restore,
                    Text::col_own_copy, Text::col_lead_time, Text::col_place});
  for (const ServicePaper& one : all) {
    if (one.found == nullptr) {
      add_row(out, {one.name(), said(Text::continuity_no_paper).japanese, "—", "—", "—", "—", "—"});
      continue;
    }
    const papers::Profile& profile = one.found->profile;
    const auto told = [&](FactId id) { return said_in_paper(profile, id); };
    add_row(out, {one.name(), backups_of(profile), told(FactId::backup_interval),
                  told(FactId::backup_restore_on_request), told(FactId::backup_customer_duty),
                  told(FactId::change_lead_time), places_in_paper(profile, kContinuity)});
    add_source(out, *one.found);
  }
  add_blanks(out, {Text::blank_order, Text::blank_without, Text::blank_own_copy, Text::blank_clinic});
  return out;
}

// ---------------------------------------------------------------- changes that vendors announce

constexpr FactId kNotices[] = {FactId::change_scope, FactId::change_lead_time, FactId::change_channels};

/// When at the earliest what is announced now may happen (UPD-04); a dash where no span is printed.
std::string first_day(const papers::Profile& profile, CivilTime now) {
  constexpr std::pair<std::string_view, std::chrono::hours> kUnits[] = {{" d", std::chrono::hours(24)},
                                                                        {" h", std::chrono::hours(1)}};
  const std::string_view span = profile.value_of(FactId::change_lead_time);
  for (const auto& [unit, hours] : kUnits) {
    if (!span.ends_with(unit)) continue;
    const auto count = parse_decimal(span.substr(0, span.size() - unit.size()));
    if (!count) break;
    const auto day = now.time_since_epoch() + hours * static_cast<std::int64_t>(*count);
    return to_day_text(jst_day_of(std::chrono::floor<std::chrono::seconds>(day)));
  }
  return "—";
}

Form notices_of(const std::vector<ServicePaper>& all, CivilTime now) {
  Form out{.id = "notices", .title = said(Text::notices_title)};
  out.says = {said(Text::notices_told), said(Text::notices_look)};
  add_columns(out, {Text::col_service, Text::col_scope, Text::col_lead_time, Text::col_first_day,
                    Text::col_channels, Text::col_place});
  for (const ServicePaper& one : all) {
    if (one.found == nullptr) {
      add_row(out, {one.name(), said(Text::continuity_no_paper).japanese, "—", "—", "—", "—"});
      continue;
    }
    const papers::Profile& profile = one.found->profile;
    add_row(out, {one.name(), said_in_paper(profile, FactId::change_scope),
                  said_in_paper(profile, FactId::change_lead_time), first_day(profile, now),
                  said_in_paper(profile, FactId::change_channels), places_in_paper(profile, kNotices)});
    add_source(out, *one.found);
  }
  add_blanks(out, {Text::blank_notice});
  return out;
}

// ---------------------------------------------------------------- what stays open, as risks

constexpr const char* kOfException[] = {"NET-02", "NET-02", "NET-07"};  // in the order of What

/// An entry each, with a cell that only people can fill in (GOV-06).
Form risks_of(const Observed& seen) {
  Form out{.id = "risks", .title = said(Text::risks_title)};
  add_columns(out, {Text::col_number, Text::col_service, Text::col_risk, Text::col_basis, Text::col_until,
                    Text::col_judged});
  const auto add = [&](const std::string& service, std::string risk, std::string basis, std::string until) {
    add_row(out, {std::to_string(out.table.rows.size() + 1),
                  service,
                  std::move(risk),
                  std::move(basis),
                  std::move(until),
                  {}});
  };
  for (const RuleRoll::Exception& one : seen.around.reviews.rules().rules().exceptions)
    add(one.tenant + "/" + one.service,
        said(exception_text(one.what)).japanese + " [" + kOfException[static_cast<std::size_t>(one.what)] +
            "]",
        one.reason + "、" + one.approver, time_of(one.until));
  for (const ServicePaper& one : papers_of(seen)) {
    if (one.found == nullptr) {
      add(one.name(), said(Text::continuity_no_paper).japanese + " [GOV-06]", "—", "—");
      continue;
    }
    for (const papers::Question& open : open_questions(*one.found, seen.now)) {
      const papers::Fact& fact = papers::fact(open.about);
      add(one.name(), std::string(fact.label.japanese) + " [" + std::string(fact.control) + "]",
          std::string(papers::kParties[static_cast<std::size_t>(open.to)].shown.japanese) + "、" +
              asked_text(open.asked),
          "—");
    }
    add_source(out, *one.found);
  }
  out.says = {said(Text::risks_told)};
  if (out.table.rows.empty()) out.says.push_back(said(Text::risks_none));
  add_blanks(out, {Text::blank_agreed});
  out.sources.push_back(configuration_of(seen));
  return out;
}

// ---------------------------------------------------------------- the boundary, month by month

struct CountRow {
  EventId event;
  Text name;
};
constexpr CountRow kCounts[] = {{EventId::change_confirmed, Text::month_changes},
                                {EventId::change_rolled_back, Text::month_undone},
                                {EventId::isolation_proved, Text::month_proofs},
                                {EventId::isolation_broken, Text::month_broken},
                                {EventId::cut_made, Text::month_cuts},
                                {EventId::second_path_seen, Text::month_paths},
                                {EventId::maintenance_opened, Text::month_maintenance}};

/// Of a month's records.
Result<std::size_t> count_in(const Observed& seen, const MonthInWords& month, EventId event) {
  GW_TRY(auto many, seen.around.store.database().prepare(
                        "SELECT count(*) FROM (SELECT 1 FROM records WHERE event = ?1 AND number BETWEEN ?2 "
                        "AND ?3 LIMIT ?4)"));
  GW_TRY(many.bind(1, gw::to_string(event))
             .bind(2, month.first)
             .bind(3, month.last)
             .bind(4, std::uint64_t{kMostCounted})
             .step());
  return many.number(0);
}

Result<Form> month_of(const Observed& seen, const MonthInWords& month) {
  Form out{.id = "boundary-" + month.month, .title = said(Text::month_title, {month.month})};
  out.says = {said(month.is_over ? Text::month_over : Text::month_runs)};
  add_columns(out, {Text::col_what, Text::col_count});
  for (const CountRow& one : kCounts) {
    GW_TRY(const std::size_t count, count_in(seen, month, one.event));
    add_row(out, one.name, count_text(count));
  }
  add_row(out, Text::month_exceptions, text_of(seen.around.reviews.rules().rules().exceptions.size()));
  out.text = month.japanese;
  add_blanks(out, {Text::blank_read});
  out.sources = {{said(Text::src_records), std::to_string(month.first) + "–" + std::to_string(month.last) +
                                               ", " + to_hex(month.link).substr(0, 16)}};
  return out;
}

/// The newest first.
Result<std::vector<std::string>> months_of(const Observed& seen, const MonthsAsked& asked) {
  if (!asked.is_any()) return seen.around.reviews.months(kMonths);
  GW_TRY(auto months, seen.around.reviews.months(kMonthsLookedAt));
  std::erase_if(months, [&](const std::string& month) { return !asked.holds(month); });
  if (months.empty()) return Error{ErrorCode::review_unknown};
  months.resize(std::min(months.size(), kMostMonths));
  return months;
}

Result<> add_months(const Observed& seen, const MonthsAsked& asked, std::vector<Form>& out) {
  GW_TRY(const auto months, months_of(seen, asked));
  for (const std::string& name : months) {
    GW_TRY(const MonthInWords month, seen.around.reviews.month(name));
    GW_TRY(auto form, month_of(seen, month));
    out.push_back(std::move(form));
  }
  return Done{};
}

}  // namespace

Result<std::vector<Form>> forms_of(const Observed& seen, const MonthsAsked& months) {
  std::vector<Form> out;
  add_consents(seen, out);
  add_questionnaires(seen, out);
  if (const auto all = papers_of(seen); !all.empty()) {
    out.push_back(continuity_of(all));
    out.push_back(notices_of(all, seen.now));
  }
  out.push_back(risks_of(seen));
  GW_TRY(add_months(seen, months, out));
  return out;
}

}  // namespace gw::control::findings
