#include "cli/service_profile_json.h"

#include "base/json.h"
#include "base/jst.h"
#include "cli/wording_json.h"
#include "papers/choices.h"
#include "papers/statement_reader.h"

namespace gw::cli {
namespace {

using papers::Contradiction;
using papers::Extra;
using papers::Fact;
using papers::Profile;
using papers::Question;
using papers::Statement;

/// A day, or the word that a profile has in its place.
std::string day_or(const std::optional<papers::Day>& day, std::string_view otherwise) {
  return day ? to_day_text(*day) : std::string(otherwise);
}

void add_extra(JsonObject& json, const Statement& statement, papers::Kind kind) {
  switch (papers::extra_of(kind)) {
    case Extra::none:
      return;
    case Extra::confirmed:
      json.text("confirmed", day_or(statement.confirmed, papers::kNotConfirmed));
      return;
    case Extra::until:
      json.text("until", day_or(statement.until, papers::kUnknown));
      return;
    case Extra::superseded:
      json.text("superseded", papers::kSuperseded[static_cast<std::size_t>(statement.superseded)].value);
      return;
  }
}

/// With the keys of a profile, and only those that it has.
std::string statement_json(const Statement& statement, papers::Kind kind) {
  JsonObject json;
  json.text("is", statement.is_unknown() ? papers::kUnknown : statement.value);
  if (!statement.where.empty()) json.text("where", statement.where);
  if (statement.is_unknown())
    json.text("owner", papers::to_string(statement.owner))
        .text("asked", day_or(statement.asked, papers::kNotAsked));
  else
    add_extra(json, statement, kind);
  if (!statement.note.empty()) json.text("note", statement.note);
  return json.take();
}

std::string statements_json(const Profile& profile, const Fact& fact) {
  std::vector<std::string> items;
  for (const Statement& statement : profile.of(fact.id))
    items.push_back(statement_json(statement, fact.kind));
  return json_list(items);
}

std::string fact_json(const Profile& profile, const Fact& fact) {
  return JsonObject()
      .text("key", fact.name())
      .raw("label", wording_json(fact.label))
      .text("control", fact.control)
      .raw("statements", statements_json(profile, fact))
      .take();
}

/// Of all keys, or of the one that is asked about.
std::string contradictions_json(const Profile& profile, std::optional<papers::FactId> about) {
  std::vector<std::string> items;
  for (const Contradiction& one : profile.contradictions)
    if (!about || one.about == *about)
      items.push_back(JsonObject()
                          .text("about", papers::fact(one.about).name())
                          .text("says", one.says)
                          .text("where", one.where)
                          .take());
  return json_list(items);
}

std::string question_json(const Profile& profile, const Question& question, std::size_t number) {
  const Fact& fact = papers::fact(question.about);
  return JsonObject()
      .number("number", number)
      .text("key", fact.name())
      .text("control", fact.control)
      .text("to", papers::to_string(question.to))
      .text("reason", papers::to_string(question.reason))
      .text("asked", day_or(question.asked, papers::kNotAsked))
      .raw("question", wording_json(fact.question))
      .raw("statements", statements_json(profile, fact))
      .raw("contradictions", contradictions_json(profile, question.about))
      .take();
}

}  // namespace

std::string profile_json(const Profile& profile) {
  std::vector<std::string> items;
  for (const Fact& fact : papers::facts()) items.push_back(fact_json(profile, fact));
  return JsonObject()
      .text("profile", profile.name)
      .raw("facts", json_list(items))
      .raw("contradictions", contradictions_json(profile, std::nullopt))
      .take();
}

std::string questionnaire_json(const Profile& profile, std::span<const Question> questions) {
  std::vector<std::string> items;
  for (const Question& question : questions)
    items.push_back(question_json(profile, question, items.size() + 1));
  return JsonObject().text("profile", profile.name).raw("questions", json_list(items)).take();
}

}  // namespace gw::cli
