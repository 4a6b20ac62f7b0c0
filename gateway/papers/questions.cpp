#include "papers/questions.h"

#include <algorithm>
#include <iterator>

namespace gw::papers {
namespace {

constexpr std::string_view kReasons[] = {"contradicted", "unknown", "unconfirmed", "ended", "superseded"};

bool is_contradicted(const Profile& profile, FactId id) {
  return std::ranges::find(profile.contradictions, id, &Contradiction::about) != profile.contradictions.end();
}

/// Why one statement has to be asked about; nothing if it need not.
std::optional<Reason> reason_of(const Statement& statement, Kind kind, Day today) {
  if (statement.is_unknown()) return Reason::unknown;
  switch (extra_of(kind)) {
    case Extra::none:
      return std::nullopt;
    case Extra::confirmed:
      return statement.confirmed ? std::nullopt : std::optional{Reason::unconfirmed};
    case Extra::until:
      if (!statement.until) return Reason::unknown;
      return *statement.until < today ? std::optional{Reason::ended} : std::nullopt;
    case Extra::superseded:
      return statement.superseded == Superseded::no ? std::nullopt : std::optional{Reason::superseded};
  }
  return std::nullopt;
}

/// One question for all that stands under a key: for the weightiest reason, to whoever owes that answer.
std::optional<Question> question_about(const Profile& profile, const Fact& fact, Day today) {
  std::optional<Question> out;
  for (const Statement& statement : profile.of(fact.id)) {
    const auto reason = reason_of(statement, fact.kind, today);
    if (reason && (!out || *reason < out->reason))
      out = Question{fact.id, *reason, statement.owner, statement.asked};
  }
  if (out && is_contradicted(profile, fact.id)) out->reason = Reason::contradicted;
  return out;
}

}  // namespace

std::string_view to_string(Reason reason) { return kReasons[static_cast<std::size_t>(reason)]; }

std::vector<Question> questions_of(const Profile& profile, Day today) {
  std::vector<Question> out;
  for (const Fact& fact : facts())
    if (const auto question = question_about(profile, fact, today)) out.push_back(*question);
  std::ranges::stable_sort(out, {}, &Question::to);
  return out;
}

}  // namespace gw::papers
