// What vendors have published about the services, and what they were not asked yet or did not answer (GOV-02,
// DEM-01, DEM-02, INC-01, INC-02, BAK-06, UPD-04).

#include <algorithm>
#include <array>
#include <span>

#include "control/findings/incident_clocks.h"
#include "control/findings/service_papers.h"

namespace gw::control::findings {
namespace {

using model::RuleRoll;
using papers::FactId;
using papers::Question;
using papers::Reason;

std::vector<std::string> named(const ServicePaper& one) { return {one.tenant, one.service}; }

/// "7 世代", "72 時間 (検知)": of two facts that say nothing alone.
std::string together(const ServicePaper& one, FactId first, FactId second) {
  return said_in_paper(one.found->profile, first) + " " + said_in_paper(one.found->profile, second);
}

std::size_t with(const std::vector<Question>& questions, Reason reason) {
  return static_cast<std::size_t>(std::ranges::count(questions, reason, &Question::reason));
}

std::size_t not_asked(const std::vector<Question>& questions) {
  return static_cast<std::size_t>(
      std::ranges::count_if(questions, [](const Question& one) { return !one.asked; }));
}

/// Of all services together.
struct Standing {
  std::vector<std::string> without{};
  std::size_t papers = 0, open = 0, waiting = 0, contradicted = 0, ended = 0;
};

void add_paper(const ServicePaper& one, CivilTime now, Standing& all, Draft& out) {
  if (one.found == nullptr) {
    all.without.push_back(one.name());
    return;
  }
  const std::vector<Question> questions = open_questions(*one.found, now);
  ++all.papers;
  all.open += questions.size();
  all.waiting += not_asked(questions);
  all.contradicted += with(questions, Reason::contradicted);
  all.ended += with(questions, Reason::ended) + with(questions, Reason::superseded);
  const papers::Profile& profile = one.found->profile;
  out.row({one.tenant, one.service, title_of(profile), said_in_paper(profile, FactId::assurance_guidelines),
           together(one, FactId::backup_count, FactId::backup_unit),
           said_in_paper(profile, FactId::change_lead_time),
           said(Text::paper_questions, {text_of(questions.size()), text_of(not_asked(questions))}).japanese});
}

std::string joined(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out.append(out.empty() ? "" : ", ").append(text);
  return out;
}

/// A row for each service that has a paper, of the facts; unknown while one of them is open.
Draft of_facts(const Observed& seen, Text told, Text nothing, std::span<const FactId> facts) {
  const std::vector<ServicePaper> all = papers_of(seen);
  Draft out(has_any(all) ? State::by_design : State::unknown);
  out.say(has_any(all) ? told : nothing);
  out.columns({Text::col_tenant, Text::col_service, Text::col_what, Text::col_paper, Text::col_place});
  bool is_any_open = false;
  for (const ServicePaper& one : all) {
    if (one.found == nullptr) continue;
    for (const FactId id : facts) {
      const papers::Profile& profile = one.found->profile;
      is_any_open = is_any_open || is_open(profile, id);
      std::vector<std::string> row = named(one);
      row.insert(row.end(), {label_of(id), said_in_paper(profile, id), place_in_paper(profile, id)});
      out.row(std::move(row));
    }
  }
  if (is_any_open) out.say(State::unknown, Text::paper_waits);
  return of_papers(out, all);
}

constexpr FactId kZones[] = {FactId::demarcation_terminal,       FactId::demarcation_credentials,
                             FactId::demarcation_clinic_network, FactId::demarcation_box,
                             FactId::demarcation_line,           FactId::demarcation_isp,
                             FactId::demarcation_cloud_edge,     FactId::demarcation_service};

/// As the paper draws the line.
bool add_zones(const ServicePaper& one, Draft& out) {
  const papers::Profile& profile = one.found->profile;
  bool is_any_open = false;
  for (const FactId id : kZones) {
    is_any_open = is_any_open || is_open(profile, id);
    out.row({one.tenant, one.service, std::string(papers::fact(id).label.japanese),
             said_in_paper(profile, id), place_in_paper(profile, id)});
  }
  return is_any_open;
}

/// As it is usually drawn, where no paper is at hand.
void add_usual(const ServicePaper& one, const RuleRoll::Row& row, Draft& out) {
  const std::string cloud = row.server_name + ":" + std::to_string(row.port);
  const auto add = [&](Words part, Text who) {
    out.row({one.tenant, one.service, std::move(part.japanese), said(who).japanese,
             said(Text::paper_usual).japanese});
  };
  add(said(Text::part_lan), Text::who_clinic);
  add(said(Text::part_box), Text::who_vendor);
  add(said(Text::part_line, {cloud}), Text::who_carrier);
  add(said(Text::part_cloud, {cloud}), Text::who_service);
}

}  // namespace

Result<Finding> services_papers(const Observed& seen) {
  const std::vector<ServicePaper> all = papers_of(seen);
  if (!has_any(all)) return Draft(State::unknown).say(Text::papers_elsewhere).take();
  Standing standing;
  Draft out(State::by_design);
  out.columns({Text::col_tenant, Text::col_service, Text::col_paper, Text::col_judged_by, Text::col_backup,
               Text::col_lead_time, Text::col_questions});
  for (const ServicePaper& one : all) add_paper(one, seen.now, standing, out);
  out.say(Text::papers_told, {text_of(standing.papers)});
  if (!standing.without.empty()) out.say(State::unknown, Text::papers_missing, {joined(standing.without)});
  if (standing.open != 0)
    out.say(State::unknown, Text::papers_open, {text_of(standing.open), text_of(standing.waiting)});
  if (standing.contradicted != 0)
    out.say(State::attention, Text::papers_contradicted, {text_of(standing.contradicted)});
  if (standing.ended != 0) out.say(State::attention, Text::papers_ended, {text_of(standing.ended)});
  return of_papers(out, all).take();
}

Result<Finding> services_demarcation(const Observed& seen) {
  const auto& rows = seen.around.reviews.rules().rules().rows;
  if (rows.empty()) return Draft(State::unknown).say(Text::no_rules).of_configuration(seen).take();
  const std::vector<ServicePaper> all = papers_of(seen);
  Draft out(State::by_design);
  out.say(has_any(all) ? Text::demarcation_papers : Text::demarcation_told);
  out.columns({Text::col_tenant, Text::col_service, Text::col_part, Text::col_answers, Text::col_place});
  bool is_any_open = false;
  for (const ServicePaper& one : all) {
    const auto row = std::ranges::find_if(rows, [&](const RuleRoll::Row& rule) {
      return rule.tenant == one.tenant && rule.service == one.service;
    });
    if (one.found == nullptr) add_usual(one, *row, out);
    if (one.found != nullptr) is_any_open = add_zones(one, out) || is_any_open;
  }
  if (is_any_open) out.say(State::unknown, Text::paper_waits);
  return of_papers(out.of_configuration(seen), all).take();
}

Result<Finding> incidents_clocks(const Observed& seen) {
  constexpr std::array kFacts = {FactId::incident_within, FactId::incident_counted_from,
                                 FactId::incident_channels};
  Draft out = of_facts(seen, Text::clocks_told, Text::clocks_unknown, kFacts);
  GW_TRY(add_clocks_of_box(seen, out));
  return out.source(Text::src_software, "INC-01").take();
}

Result<Finding> incidents_contacts(const Observed& seen) {
  constexpr std::array kFacts = {FactId::incident_desk, FactId::contact_roles, FactId::contact_telephone,
                                 FactId::contact_mail,  FactId::contact_form,  FactId::contact_hours};
  return of_facts(seen, Text::contacts_told, Text::contacts_unknown, kFacts).take();
}

}  // namespace gw::control::findings
