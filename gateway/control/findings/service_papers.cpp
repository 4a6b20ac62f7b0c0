#include "control/findings/service_papers.h"

#include <algorithm>
#include <set>

#include "base/jst.h"
#include "base/text.h"
#include "papers/choices.h"

namespace gw::control::findings {
namespace {

using papers::FactId;
using papers::Profile;
using papers::Statement;

std::string party_text(papers::Party party) {
  return std::string(papers::kParties[static_cast<std::size_t>(party)].shown.japanese);
}

std::string open_text(const Statement& statement) {
  return said(Text::paper_open, {party_text(statement.owner), asked_text(statement.asked)}).japanese;
}

std::string text_of(const Statement& statement, papers::Kind kind) {
  if (statement.is_unknown()) return open_text(statement);
  std::string out = papers::value_text(kind, statement.value, Language::japanese);
  if (statement.superseded != papers::Superseded::no)
    out += " (" +
           std::string(papers::kSuperseded[static_cast<std::size_t>(statement.superseded)].shown.japanese) +
           ")";
  return out;
}

}  // namespace

std::vector<ServicePaper> papers_of(const Observed& seen) {
  std::vector<ServicePaper> out;
  std::set<std::string> known;
  for (const model::RuleRoll::Row& row : seen.around.reviews.rules().rules().rows)
    if (known.insert(row.tenant + "/" + row.service).second)
      out.push_back({row.tenant, row.service, seen.around.evidence.profiles().of(row.service)});
  return out;
}

bool has_any(const std::vector<ServicePaper>& papers) {
  return std::ranges::any_of(papers, [](const ServicePaper& one) { return one.found != nullptr; });
}

std::vector<papers::Question> open_questions(const ProfileFound& found, CivilTime now) {
  return papers::questions_of(found.profile,
                              jst_day_of(std::chrono::floor<std::chrono::seconds>(now.time_since_epoch())));
}

std::string said_in_paper(const Profile& profile, FactId id) {
  std::string out;
  for (const Statement& one : profile.of(id))
    out.append(out.empty() ? "" : "、").append(text_of(one, papers::fact(id).kind));
  return out;
}

std::string place_in_paper(const Profile& profile, FactId id) {
  return places_in_paper(profile, std::span(&id, 1));
}

std::string places_in_paper(const Profile& profile, std::span<const FactId> ids) {
  std::vector<std::string> places;
  for (const FactId id : ids)
    for (const Statement& one : profile.of(id))
      if (!one.where.empty() && std::ranges::find(places, one.where) == places.end())
        places.push_back(one.where);
  std::string out;
  for (const std::string& one : places) out.append(out.empty() ? "" : "、").append(one);
  return out.empty() ? "—" : out;
}

std::string in_print(const Profile& profile, FactId id) {
  std::string out;
  for (const Statement& one : profile.of(id)) {
    std::string text = one.is_unknown() ? one.note : text_of(one, papers::fact(id).kind);
    if (!one.where.empty()) text += " (" + one.where + ")";
    if (!text.empty()) out.append(out.empty() ? "" : "、").append(text);
  }
  for (const papers::Contradiction& one : profile.contradictions)
    if (one.about == id) out.append(out.empty() ? "" : "、").append(one.says + " (" + one.where + ")");
  return out.empty() ? "—" : out;
}

std::string asked_text(const std::optional<papers::Day>& asked) {
  return asked ? said(Text::paper_asked, {to_day_text(*asked)}).japanese
               : said(Text::paper_not_asked).japanese;
}

bool is_open(const Profile& profile, FactId id) {
  return std::ranges::any_of(profile.of(id), &Statement::is_unknown);
}

std::string label_of(FactId id) {
  const papers::Fact& fact = papers::fact(id);
  for (const papers::Group& group : papers::groups())
    if (group.key == fact.group)
      return std::string(group.label.japanese) + ": " + std::string(fact.label.japanese);
  return std::string(fact.label.japanese);
}

std::string title_of(const Profile& profile) {
  std::string out = profile.value_of(FactId::source_title);
  for (const FactId id : {FactId::source_version, FactId::source_date})
    if (const std::string& part = profile.value_of(id); !part.empty()) out += " " + part;
  return out.empty() ? "—" : out;
}

Draft& of_papers(Draft& out, const std::vector<ServicePaper>& papers) {
  std::set<std::string> named;
  for (const ServicePaper& one : papers)
    if (one.found != nullptr && named.insert(one.found->profile.name).second)
      out.source(Text::src_profile, one.found->profile.name + ", SHA-256 " + to_hex(one.found->digest));
  return out;
}

}  // namespace gw::control::findings
