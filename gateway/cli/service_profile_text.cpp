#include "cli/service_profile_text.h"

#include "base/jst.h"
#include "cli/columns.h"
#include "cli/texts.h"
#include "papers/choices.h"

namespace gw::cli {
namespace {

using papers::Extra;
using papers::Fact;
using papers::FactId;
using papers::Profile;
using papers::Question;
using papers::Statement;

/// In the order of papers::Reason.
constexpr Text kReasons[] = {Text::reason_contradicted, Text::reason_unknown, Text::reason_unconfirmed,
                             Text::reason_ended, Text::reason_superseded};

std::string party_text(papers::Party party, Language language) {
  return std::string(papers::kParties[static_cast<std::size_t>(party)].shown.in(language));
}

std::string asked_text(const std::optional<papers::Day>& asked, Language language) {
  return asked ? to_day_text(*asked) : said(language, Text::profile_not_asked);
}

std::string joined(const std::string& one, const std::string& other, Language language) {
  if (one.empty() || other.empty()) return one + other;
  return one + (language == Language::japanese ? "、" : "; ") + other;
}

/// What is said of a fact besides its value.
std::string extra_text(const Statement& statement, papers::Kind kind, Language language) {
  switch (papers::extra_of(kind)) {
    case Extra::none:
      return {};
    case Extra::confirmed:
      return statement.confirmed
                 ? said(language, Text::profile_confirmed, {to_day_text(*statement.confirmed)})
                 : said(language, Text::profile_unconfirmed);
    case Extra::until:
      return statement.until ? said(language, Text::profile_until, {to_day_text(*statement.until)})
                             : said(language, Text::profile_no_end);
    case Extra::superseded:
      return std::string(
          papers::kSuperseded[static_cast<std::size_t>(statement.superseded)].shown.in(language));
  }
  return {};
}

std::string remark_text(const Statement& statement, const Fact& fact, Language language) {
  const std::string first =
      statement.is_unknown()
          ? said(language, Text::profile_owner,
                 {party_text(statement.owner, language), asked_text(statement.asked, language)})
          : extra_text(statement, fact.kind, language);
  return joined(first, plain(statement.note), language);
}

std::string value_of(const Statement& statement, const Fact& fact, Language language) {
  return statement.is_unknown() ? said(language, Text::profile_unknown)
                                : plain(papers::value_text(fact.kind, statement.value, language));
}

/// What the service is called; its profile's name if the paper does not say.
std::string service_name(const Profile& profile) {
  const std::string& name = profile.value_of(FactId::service_name);
  return plain(name.empty() ? profile.name : name);
}

std::string contradiction_text(const papers::Contradiction& one) {
  return plain(one.says) + " (" + plain(one.where) + ")";
}

std::string contradictions_text(const Profile& profile, Language language) {
  if (profile.contradictions.empty()) return {};
  std::string out = said(language, Text::profile_denied);
  for (const papers::Contradiction& one : profile.contradictions)
    out += "  " + label_of(papers::fact(one.about), language) + ": " + contradiction_text(one) + "\n";
  return out;
}

/// What the paper has: "value; note (§4)", or as much of it as there is. A note of ours that belongs to no
/// place is none of the paper's.
std::string printed_text(const Statement& statement, const Fact& fact, Language language) {
  std::string out;
  if (!statement.is_unknown())
    out = joined(value_of(statement, fact, language), extra_text(statement, fact.kind, language), language);
  out = joined(out, plain(statement.note), language);
  if (statement.where.empty()) return out.empty() ? out : said(language, Text::asks_remark, {out});
  return said(language, Text::asks_printed,
              {out + (out.empty() ? "(" : " (") + plain(statement.where) + ")"});
}

std::string question_text(const Profile& profile, const Question& question, std::size_t number,
                          Language language) {
  const Fact& fact = papers::fact(question.about);
  std::string out =
      said(language, Text::asks_question, {std::to_string(number), fact.question.in(language), fact.control});
  out += said(language, Text::asks_reason,
              {said(language, kReasons[static_cast<std::size_t>(question.reason)])});
  for (const papers::Contradiction& one : profile.contradictions)
    if (one.about == question.about) out += said(language, Text::asks_printed, {contradiction_text(one)});
  for (const Statement& statement : profile.of(question.about))
    out += printed_text(statement, fact, language);
  if (question.asked) out += said(language, Text::asks_asked, {to_day_text(*question.asked)});
  return out + said(language, Text::asks_answer);
}

std::string paper_text(const Profile& profile) {
  std::string out = profile.value_of(FactId::source_title);
  for (const FactId id : {FactId::source_version, FactId::source_date})
    if (const std::string& part = profile.value_of(id); !part.empty()) out += " " + part;
  return plain(out);
}

}  // namespace

std::string label_of(const Fact& fact, Language language) {
  for (const papers::Group& group : papers::groups())
    if (group.key == fact.group)
      return std::string(group.label.in(language)) + ": " + std::string(fact.label.in(language));
  return {};
}

std::string profile_text(const Profile& profile, Language language) {
  std::vector<std::vector<std::string>> rows{
      {said(language, Text::profile_key), said(language, Text::profile_value),
       said(language, Text::profile_where), said(language, Text::profile_remark)}};
  for (const Fact& fact : papers::facts())
    for (const Statement& statement : profile.of(fact.id))
      rows.push_back({label_of(fact, language), value_of(statement, fact, language), plain(statement.where),
                      remark_text(statement, fact, language)});
  return said(language, Text::profile_head, {profile.name, service_name(profile)}) + table_of(rows) +
         contradictions_text(profile, language);
}

std::string questionnaire_text(const Profile& profile, std::span<const Question> questions,
                               Language language) {
  std::string out = said(language, Text::asks_about, {service_name(profile)}) +
                    said(language, Text::asks_vendor, {plain(profile.value_of(FactId::service_provider))}) +
                    said(language, Text::asks_paper, {paper_text(profile)});
  for (std::size_t i = 0; i < questions.size(); ++i) {
    if (i == 0 || questions[i].to != questions[i - 1].to)
      out += said(language, Text::asks_party, {party_text(questions[i].to, language)});
    out += question_text(profile, questions[i], i + 1, language);
  }
  return out + said(language, Text::asks_count, questions.size());
}

}  // namespace gw::cli
