// What the clinic decides about a maintenance, and how each comes to its end.

#include "accounts/typed.h"
#include "base/text.h"
#include "maintenance/maintenance.h"
#include "maintenance/telling.h"
#include "pki/certificate.h"

namespace gw::maintenance {
namespace {

using accounts::Operation;
using accounts::told_of;

}  // namespace

/// Something that nobody has decided on yet, by somebody else than who asked (RMT-01).
Result<Request> Maintenance::decidable(const Actor& actor, RequestId id, Told& told) {
  GW_TRY(tick(told));
  GW_TRY(Request request, find(actor, Operation::maintenance_approve, id, told));
  if (request.requester == actor.account) {
    told.push_back(about(told_of(EventId::account_forbidden, actor), request)
                       .add(Field::reason, "not_by_itself")
                       .add(Field::result, "refused"));
    return Error{ErrorCode::account_not_by_itself,
                 "whoever asked does not approve; somebody else of the clinic does"};
  }
  const bool is_undecided = request.decision.account == AccountId();
  if (!is_undecided || (request.state != State::requested && !request.is_emergency)) return state_of(request);
  return request;
}

Result<> Maintenance::approve(const Actor& actor, RequestId id, std::string_view words, Told& told) {
  GW_TRY(Request request, decidable(actor, id, told));
  if (request.state == State::requested) {
    if (const auto error = collision(request, true)) return *error;
    request.state = State::approved;
  }
  request.decision = {actor.account, actor.name, now(), accounts::one_line(words, kMostWords)};
  request.is_approved = true;
  if (request.state == State::open) request.left = left_of(request);
  GW_TRY(keep(request));
  told.push_back(about(told_of(EventId::maintenance_approved, actor), request)
                     .add(Field::reason, request.is_flagged     ? "late"
                                         : request.is_emergency ? "emergency"
                                                                : "")
                     .add(Field::detail, words)
                     .add(Field::result, "done"));
  return Done{};
}

Result<> Maintenance::refuse(const Actor& actor, RequestId id, std::string_view words, Told& told) {
  GW_TRY(Request request, decidable(actor, id, told));
  request.decision = {actor.account, actor.name, now(), accounts::one_line(words, kMostWords)};
  request.is_approved = false;
  if (request.state == State::requested) request.state = State::refused;
  const EventId event = request.is_emergency ? EventId::maintenance_unapproved : EventId::maintenance_refused;
  if (request.state == State::open) {
    GW_TRY(close(request, End::clinic, &actor, told));
  } else {
    GW_TRY(keep(request));
  }
  told.push_back(about(told_of(event, actor), request).add(Field::detail, words).add(Field::result, "done"));
  return Done{};
}

/// With its report, whose digest is that of its text in Japanese.
Result<> Maintenance::close(Request request, End end, const Actor* by, Told& told) {
  request.left = std::chrono::microseconds(0);
  request.state = State::ended;
  request.ended = now();
  request.end = end;
  if (by != nullptr) request.end_by = by->name;
  GW_TRY(keep(request));
  GW_TRY(const auto acts, shelf_.acts_of(request.id));
  const Report report = report_on(request, acts);
  const std::string digest = to_hex(pki::sha256_of(as_bytes(text_of(report, Language::japanese))));
  Event event = by != nullptr ? told_of(EventId::maintenance_ended, *by) : Event(EventId::maintenance_ended);
  told.push_back(about(std::move(event), request)
                     .add(Field::reason, to_string(end))
                     .add(Field::count, std::uint64_t{acts.size()})
                     .add(Field::digest, digest));
  if (report.is_as_planned()) return Done{};
  const std::string differences = std::to_string(report.not_done.size()) + " not done, " +
                                  std::to_string(report.not_planned.size()) + " not planned, " +
                                  std::to_string(request.denied) + " denied";
  told.push_back(about(Event(EventId::maintenance_off_plan), request).add(Field::detail, differences));
  return Done{};
}

Result<> Maintenance::end(const Actor& actor, RequestId id, Told& told) {
  GW_TRY(tick(told));
  GW_TRY(Request request, find(actor, Operation::maintenance_end, id, told));
  const bool is_own = request.requester == actor.account;
  if (actor.role == accounts::Role::maintainer && !is_own)
    return Error{ErrorCode::maintenance_unknown, "it is somebody else's"};
  if (!is_live(request.state)) return state_of(request);
  if (request.state == State::open)
    return close(request, is_own ? End::maintainer : End::clinic, &actor, told);
  request.state = State::withdrawn;
  request.ended = now();
  request.end = is_own ? End::maintainer : End::clinic;
  request.end_by = actor.name;
  GW_TRY(keep(request));
  told.push_back(
      about(told_of(EventId::maintenance_refused, actor), request).add(Field::reason, "withdrawn"));
  return Done{};
}

Result<> Maintenance::stop_all(const Actor& actor, Told& told) {
  GW_TRY(accounts::authorise(actor, Operation::cut, told));
  GW_TRY(shelf_.switch_off(true));
  is_off_ = true;
  told.push_back(
      told_of(EventId::maintenance_switched, actor).add(Field::after, "off").add(Field::result, "done"));
  const auto pending = pending_;
  for (const auto& [id, request] : pending) {
    if (request.state == State::open) {
      GW_TRY(close(request, End::emergency_stop, &actor, told));
    }
  }
  return Done{};
}

Result<> Maintenance::switch_on(const Actor& actor, Told& told) {
  GW_TRY(accounts::authorise(actor, Operation::maintenance_approve, told));
  GW_TRY(shelf_.switch_off(false));
  is_off_ = false;
  told.push_back(
      told_of(EventId::maintenance_switched, actor).add(Field::after, "on").add(Field::result, "done"));
  return Done{};
}

Result<> Maintenance::acknowledge(const Actor& actor, RequestId id, Told& told) {
  GW_TRY(Request request, find(actor, Operation::maintenance_approve, id, told));
  if (request.requester == actor.account) return Error{ErrorCode::account_not_by_itself};
  if (request.state != State::ended) return state_of(request);
  GW_TRY(const auto acts, shelf_.acts_of(id));
  request.state = State::reported;
  request.reader = actor.name;
  const std::string text = text_of(report_on(request, acts), Language::japanese);
  GW_TRY(keep(request));
  told.push_back(about(told_of(EventId::maintenance_reported, actor), request)
                     .add(Field::digest, to_hex(pki::sha256_of(as_bytes(text))))
                     .add(Field::result, "done"));
  return Done{};
}

Result<Report> Maintenance::report(const Actor& actor, RequestId id, Told& told) {
  GW_TRY(const Request request, find(actor, Operation::maintenance_read, id, told));
  GW_TRY(const auto acts, shelf_.acts_of(id));
  return report_on(request, acts);
}

Result<std::vector<Request>> Maintenance::list(const Actor& actor, std::size_t most, Told& told) {
  GW_TRY(accounts::authorise(actor, Operation::maintenance_read, told));
  return shelf_.newest(most);
}

Result<> Maintenance::lapse(Request& request, Told& told) {
  request.state = State::expired;
  request.ended = now();
  request.end = End::window_over;
  GW_TRY(keep(request));
  told.push_back(about(Event(EventId::maintenance_expired), request));
  return Done{};
}

Result<> Maintenance::flag(Request& request, Told& told) {
  request.is_flagged = true;
  if (request.state == State::open) request.left = left_of(request);
  GW_TRY(keep(request));
  told.push_back(about(Event(EventId::maintenance_unapproved), request)
                     .add(Field::administrator, request.requester_name)
                     .add(Field::reason, "nobody_approved"));
  return Done{};
}

Result<> Maintenance::tick(Told& told) {
  const auto pending = pending_;
  for (auto [id, request] : pending) {
    const bool is_waiting = request.state == State::requested || request.state == State::approved;
    if (is_waiting && now() >= request.draft.until) {
      GW_TRY(lapse(request, told));
    }
    if (request.state == State::open) {
      request.left = left_of(request);
      if (request.left <= std::chrono::microseconds(0)) {
        GW_TRY(close(request, End::window_over, nullptr, told));
        request = pending_.contains(id) ? pending_.at(id) : request;
      } else {
        GW_TRY(keep(request));
      }
    }
    const bool is_undecided = request.is_emergency && request.decision.account == AccountId();
    if (is_undecided && !request.is_flagged && now() - request.opened >= kApproveEmergencyIn) {
      GW_TRY(flag(request, told));
    }
  }
  return Done{};
}

}  // namespace gw::maintenance
