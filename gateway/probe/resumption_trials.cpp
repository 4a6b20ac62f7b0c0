#include "probe/resumption_trials.h"

#include <array>

namespace gw::probe {
namespace {

constexpr std::array<std::uint8_t, 5> kEarly{'e', 'a', 'r', 'l', 'y'};

Error unmade(const std::string& what) {
  return {ErrorCode::tls_setup_failed, "the trial could not be made: " + what};
}

/// A session of a terminal of A that a permissive server issued and has resumed, sealed so that this place
/// could open it if it opened any.
Result<tls::SessionPtr> issue_for(Place& place, const TrialTenant& a, Terminal& terminal,
                                  const Visit& earlier) {
  GW_TRY(PermissiveServer issuer, PermissiveServer::make(a));
  const std::unique_ptr<ServerEnd> end = place.accept();
  if (!end) return unmade("the listener takes no connection");
  GW_TRY(issuer.pose_as(SSL_get_SSL_CTX(end->ssl()), earlier.session_id_context));
  GW_TRY(Visit first, terminal.visit(issuer));
  if (!first.session) return unmade("the permissive server gave nothing out, " + first.outcome());
  // A copy, since libssl spoils a session for further use when the connection that offers it fails.
  tls::SessionPtr session(SSL_SESSION_dup(first.session.get()));
  GW_TRY(const Visit again, terminal.visit(issuer, first.session.get()));
  if (!session || !again.resumed) return unmade("the permissive server did not resume its own session");
  return session;
}

/// A visit with such a session that really offers it.
Result<Visit> visit_with_foreign(Place& place, const TrialTenant& a, Terminal& issued_to, Terminal& visitor,
                                 const Visit& earlier, Bytes early_data = {}) {
  GW_TRY(const tls::SessionPtr session, issue_for(place, a, issued_to, earlier));
  GW_TRY(Visit visit, visitor.visit(place, session.get(), early_data));
  if (!visit.offered) return unmade("the terminal did not offer its session");
  return visit;
}

bool begun_anew(const Visit& visit) { return visit.let_in && !visit.resumed; }

Result<ResumptionTrial> coming_back(const TrialGround& ground, Terminal& terminal, const Visit& first) {
  GW_TRY(const Visit second, terminal.visit(ground.at_a, first.session.get()));
  const bool nothing_given = first.tickets == 0 && !first.session;
  return ResumptionTrial{
      ground.words + ": a terminal comes back to its own listener with what it was given there",
      begun_anew(first) && nothing_given && begun_anew(second),
      "It was " + first.outcome() + ", and given " + std::to_string(first.tickets) + " tickets and " +
          (first.session ? "a session" : "no session") + " to resume; when it came back it was " +
          second.outcome() + "."};
}

Result<ResumptionTrial> foreign_at_own(const TrialGround& ground, Terminal& terminal, const Visit& first) {
  GW_TRY(const Visit visit, visit_with_foreign(ground.at_a, ground.a, terminal, terminal, first));
  return ResumptionTrial{
      ground.words + ": a terminal offers its own listener a session sealed with that listener's keys",
      begun_anew(visit),
      "Another server had resumed the session; the listener was offered it, and the terminal was " +
          visit.outcome() + "."};
}

Result<ResumptionTrial> foreign_at_other(const TrialGround& ground, Terminal& terminal) {
  GW_TRY(Terminal of_b, Terminal::make(ground.b, ground.a, ground.version));
  GW_TRY(const Visit before, of_b.visit(ground.at_b));
  GW_TRY(const Visit strange, visit_with_foreign(ground.at_b, ground.a, terminal, terminal, before));
  GW_TRY(const Visit own, visit_with_foreign(ground.at_b, ground.a, terminal, of_b, before));
  return ResumptionTrial{
      ground.words + ": a session of one tenant's terminal is offered to the other tenant's listener",
      !strange.let_in && !strange.resumed && begun_anew(own),
      "The terminal it belongs to was " + strange.outcome() +
          "; the listener's own terminal with the same session was " + own.outcome() + "."};
}

Result<ResumptionTrial> early_data(const TrialGround& ground, Terminal& terminal, const Visit& first) {
  GW_TRY(const Visit visit, visit_with_foreign(ground.at_a, ground.a, terminal, terminal, first, kEarly));
  constexpr const char* kWords[] = {"Nobody saw the offer in the hello, and the data was not taken",
                                    "The offer was seen in the hello, and the data was not taken",
                                    "The data was taken"};  // by EarlyData
  return ResumptionTrial{ground.words + ": a terminal sends early data with such a session",
                         visit.early == EarlyData::offered && !visit.resumed,
                         std::string(kWords[static_cast<std::size_t>(visit.early)]) + "; the terminal was " +
                             visit.outcome() + "."};
}

}  // namespace

Result<std::vector<ResumptionTrial>> try_resumption_at(const TrialGround& ground) {
  std::vector<ResumptionTrial> trials;
  GW_TRY(Terminal terminal, Terminal::make(ground.a, ground.b, ground.version));
  GW_TRY(const Visit first, terminal.visit(ground.at_a));
  GW_TRY(trials.emplace_back(), coming_back(ground, terminal, first));
  GW_TRY(trials.emplace_back(), foreign_at_own(ground, terminal, first));
  GW_TRY(trials.emplace_back(), foreign_at_other(ground, terminal));
  if (ground.version != TLS1_3_VERSION) return trials;
  GW_TRY(trials.emplace_back(), early_data(ground, terminal, first));
  return trials;
}

}  // namespace gw::probe
