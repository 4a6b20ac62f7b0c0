#include "maintenance/maintenance.h"

#include <algorithm>

#include "accounts/typed.h"
#include "maintenance/telling.h"

namespace gw::maintenance {
namespace {

using accounts::Operation;
using accounts::told_of;

bool waits_for_decision(const Request& request) {
  return request.decision.account == AccountId() &&
         (request.state == State::requested || request.is_emergency);
}

}  // namespace

Result<Maintenance> Maintenance::open(store::Database& database, const Clock& clock) {
  Maintenance out(database, clock);
  GW_TRY(out.is_off_, out.shelf_.is_off());
  GW_TRY(out.look());
  return out;
}

Result<> Maintenance::look() {
  GW_TRY(const auto pending, shelf_.pending());
  for (const Request& one : pending) {
    pending_[one.id] = one;
    if (one.state == State::open) looked_at_[one.id] = clock_->now();
  }
  return Done{};
}

/// On the disk first, then in memory: what is not kept is not so.
Result<> Maintenance::keep(Request& request) {
  GW_TRY(shelf_.put(request));
  if (is_live(request.state) || waits_for_decision(request))
    pending_[request.id] = request;
  else
    pending_.erase(request.id);
  if (request.state == State::open)
    looked_at_[request.id] = clock_->now();
  else
    looked_at_.erase(request.id);
  return Done{};
}

std::chrono::microseconds Maintenance::left_of(const Request& request) const {
  const auto passed =
      std::chrono::duration_cast<std::chrono::microseconds>(clock_->now() - looked_at_.at(request.id));
  return std::min(request.left - passed, request.draft.until - now());
}

std::optional<Error> Maintenance::collision(const Request& request, bool with_approved) const {
  for (const auto& [id, other] : pending_) {
    const bool counts = other.state == State::open || (with_approved && other.state == State::approved);
    if (counts && collide(request, other))
      return Error{
          ErrorCode::maintenance_overlaps,
          "maintenance " + std::to_string(id.number()) +
              " has this target, vendor or maintainer at that time; take another window, or end that one"};
  }
  return std::nullopt;
}

Result<RequestId> Maintenance::request(const Actor& actor, const Draft& draft, Told& told) {
  GW_TRY(accounts::authorise(actor, Operation::maintenance_request, told));
  GW_TRY(tick(told));
  if (is_off_) return Error{ErrorCode::maintenance_off, "the clinic has switched remote maintenance off"};
  if (const auto unsuitable = unsuitable_draft(draft, now())) return *unsuitable;
  Request request;
  request.draft = draft;
  request.requester = actor.account;
  request.requester_name = actor.name;
  request.requested = now();
  if (const auto error = collision(request, true)) return *error;
  GW_TRY(keep(request));
  told.push_back(
      about(told_of(EventId::maintenance_requested, actor), request).add(Field::reason, draft.reason));
  return request.id;
}

Result<> Maintenance::let_in(Request& request, const Actor& actor, EventId event, Told& told) {
  if (const auto error = collision(request, false)) return *error;
  request.state = State::open;
  request.opened = now();
  request.left = request.draft.until - now();
  GW_TRY(keep(request));
  told.push_back(about(told_of(event, actor), request)
                     .add(Field::detail, "until " + to_timestamp(request.draft.until))
                     .add(Field::reason, request.draft.reason)
                     .add(Field::result, "done"));
  return Done{};
}

Result<> Maintenance::enter(const Actor& actor, RequestId id, Told& told) {
  GW_TRY(tick(told));
  GW_TRY(Request request, find(actor, Operation::maintenance_request, id, told));
  if (request.requester != actor.account)
    return Error{ErrorCode::maintenance_unknown, "it is somebody else's"};
  if (is_off_) return Error{ErrorCode::maintenance_off, "the clinic has switched remote maintenance off"};
  if (request.state != State::approved) return state_of(request);
  if (now() < request.draft.from)
    return Error{ErrorCode::maintenance_not_open, "its window begins at " + to_timestamp(request.draft.from)};
  return let_in(request, actor, EventId::maintenance_opened, told);
}

Result<RequestId> Maintenance::enter_in_emergency(const Actor& actor, const Draft& draft, Told& told) {
  GW_TRY(accounts::authorise(actor, Operation::maintenance_request, told));
  GW_TRY(tick(told));
  if (is_off_) return Error{ErrorCode::maintenance_off, "the clinic has switched remote maintenance off"};
  Request request;
  request.draft = draft;
  request.draft.from = now();
  if (const auto unsuitable = unsuitable_draft(request.draft, now())) return *unsuitable;
  for (const auto& [id, other] : pending_)
    if (other.is_flagged && other.draft.vendor == draft.vendor)
      return Error{
          ErrorCode::maintenance_unapproved,
          "nobody has approved the emergency " + std::to_string(id.number()) + " yet; ask the clinic"};
  request.requester = actor.account;
  request.requester_name = actor.name;
  request.requested = now();
  request.is_emergency = true;
  GW_TRY(let_in(request, actor, EventId::maintenance_emergency, told));
  return request.id;
}

Result<Request> Maintenance::find(const Actor& actor, Operation operation, RequestId id, Told& told) {
  GW_TRY(accounts::authorise(actor, operation, told));
  return shelf_.find(id);
}

Result<RequestId> Maintenance::may(const Actor& actor, Work work, const Target& target) const {
  if (!accounts::may(actor.role, right_of(work)))
    return Error{ErrorCode::account_forbidden, std::string(to_string(work))};
  if (is_off_) return Error{ErrorCode::maintenance_off, "the clinic has switched remote maintenance off"};
  for (const auto& [id, request] : pending_) {
    if (request.state != State::open || request.requester != actor.account || request.draft.target != target)
      continue;
    if (left_of(request) <= std::chrono::microseconds(0)) continue;
    if (request.allows(work)) return id;
    return Error{
        ErrorCode::maintenance_not_allowed,
        std::string(to_string(work)) + " is not what maintenance " + std::to_string(id.number()) + " is for"};
  }
  return Error{ErrorCode::maintenance_not_open, "no maintenance of yours is open on " + target.to_text()};
}

Result<Act> Maintenance::begin(const Actor& actor, Work work, const Target& target, std::string_view detail,
                               Told& told) {
  GW_TRY(tick(told));
  const auto deny = [&](const Error& error) -> Result<Act> {
    told.push_back(told_of(EventId::maintenance_denied, actor)
                       .add(Field::object, to_string(work))
                       .add(Field::destination, target.to_text())
                       .add(Field::reason, to_string(error.code))
                       .add(Field::result, "refused"));
    const auto open = std::ranges::find_if(pending_, [&](const auto& one) {
      return one.second.state == State::open && one.second.requester == actor.account;
    });
    if (open == pending_.end()) return error;
    Request request = open->second;
    request.denied += 1;
    request.left = left_of(request);
    GW_TRY(keep(request));
    return error;
  };
  const auto id = may(actor, work, target);
  if (!id) return deny(id.error());
  auto act = shelf_.begin(*id, work, now(), accounts::one_line(detail, kMostWords));
  if (!act) return deny(act.error());
  told.push_back(about(told_of(EventId::maintenance_act_begun, actor), pending_.at(*id))
                     .add(Field::finding, to_string(work))
                     .add(Field::count, act->number)
                     .add(Field::detail, detail));
  return act;
}

Result<> Maintenance::finish(const Actor& actor, RequestId id, std::uint64_t act, bool is_done,
                             std::string_view result, Told& told) {
  GW_TRY(const Request request, shelf_.find(id));
  if (request.requester != actor.account)
    return Error{ErrorCode::maintenance_unknown, "it is somebody else's"};
  if (request.state == State::reported) return state_of(request);
  GW_TRY(shelf_.end(id, act, is_done, accounts::one_line(result, kMostWords)));
  told.push_back(about(told_of(EventId::maintenance_act_ended, actor), request)
                     .add(Field::count, act)
                     .add(Field::detail, result)
                     .add(Field::result, is_done ? "done" : "failed"));
  return Done{};
}

}  // namespace gw::maintenance
