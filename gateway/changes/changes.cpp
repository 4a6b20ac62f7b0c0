#include "changes/changes.h"

#include <algorithm>

#include "base/text.h"
#include "pki/certificate.h"

namespace gw::changes {
namespace {

/// What becomes of a change is a record by the state that it comes into.
EventId event_of(State state) {
  constexpr EventId kEvents[] = {EventId::change_staged,     EventId::change_checked,
                                 EventId::change_applying,   EventId::change_applied,
                                 EventId::change_confirming, EventId::change_rolling_back,
                                 EventId::change_confirmed,  EventId::change_rolled_back,
                                 EventId::change_refused,    EventId::change_withdrawn};
  return kEvents[static_cast<std::size_t>(state)];
}

std::string name_of(ChangeNumber number) { return "change " + std::to_string(number.number()); }

}  // namespace

Changes::Changes(store::Database& database, const Clock& clock, Chain chain, Hand hand, Finished done)
    : shelf_(database),
      clock_(clock),
      chain_(std::move(chain)),
      hand_(std::move(hand)),
      done_(std::move(done)) {}

Event Changes::record_of(EventId id, const Change& change, const Author& by, std::string_view why) {
  Event event(id);
  event.add(Field::change, change.number.number());
  event.add(Field::administrator, by.name).add(Field::source, by.source);
  if (!why.empty()) event.add(Field::reason, why);
  if (const auto base = shelf_.find(change.base); base && *base)
    event.add(Field::before, to_hex((*base)->digest));
  event.add(Field::digest, to_hex(change.digest));
  if (change.state == State::applying || change.state == State::applied)
    event.add(Field::until, to_timestamp(change.deadline));
  if (change.generation != 0) event.add(Field::generation, change.generation);
  return event;
}

/// With its record, or not at all.
Result<> Changes::move(Change& change, Step step, const Author& by, std::string_view why) {
  const std::optional<State> to = next(change.state, step);
  if (!to) return Error{ErrorCode::change_out_of_order, name_of(change.number)};
  Change moved = change;
  moved.state = *to;
  if (step == Step::turn_back || (is_over(*to) && step != Step::back)) {
    moved.ended_by = by;
    moved.outcome = why;
  }
  if (is_over(*to)) {
    moved.ended = now();
    moved.token = {};
  }
  const Event told[] = {record_of(event_of(*to), moved, by, is_over(*to) ? moved.outcome : why)};
  GW_TRY(chain_(told, [&]() -> Result<> {
    GW_TRY(shelf_.update(moved));
    return is_over(moved.state) ? shelf_.prune() : Result<>(Done{});
  }));
  change = std::move(moved);
  return Done{};
}

Result<Change> Changes::find(ChangeNumber number) {
  GW_TRY(auto found, shelf_.find(number));
  if (!found) return Error{ErrorCode::change_unknown, name_of(number)};
  return *std::move(found);
}

Result<Change> Changes::in_state(ChangeNumber number, Step step) {
  GW_TRY(Change change, find(number));
  if (!next(change.state, step))
    return Error{ErrorCode::change_out_of_order,
                 name_of(number) + " is " + std::string(to_string(change.state))};
  return change;
}

Result<Change> Changes::flying(Step step) {
  GW_TRY(auto found, shelf_.in_flight());
  if (!found) return Error{ErrorCode::change_out_of_order, "nothing waits to be confirmed"};
  if (!next(found->state, step))
    return Error{ErrorCode::change_out_of_order,
                 name_of(found->number) + " is " + std::string(to_string(found->state))};
  return *std::move(found);
}

Result<ChangeNumber> Changes::confirmed() {
  GW_TRY(const auto found, shelf_.last_confirmed());
  return found ? found->number : ChangeNumber{};
}

Result<std::vector<std::uint8_t>> Changes::sources(ChangeNumber number) {
  GW_TRY(find(number));
  GW_TRY(auto found, shelf_.sources(number));
  if (!found) return Error{ErrorCode::change_pruned, name_of(number)};
  return *std::move(found);
}

Result<ChangeNumber> Changes::stage(const Draft& draft, Bytes sources) {
  if (draft.reason.empty()) return Error{ErrorCode::change_no_reason};
  GW_TRY(const ChangeNumber base, confirmed());
  if (draft.base != ChangeNumber{} && draft.base != base)
    return Error{ErrorCode::change_stale, name_of(base) + " was confirmed meanwhile"};
  GW_TRY(const ChangeNumber last, shelf_.last());
  Change change{.number = ChangeNumber(last.number() + 1), .base = base, .by = draft.by};
  change.reason = draft.reason;
  change.staged = now();
  change.digest = pki::sha256_of(sources);
  const Event told[] = {record_of(EventId::change_staged, change, draft.by, draft.reason)};
  GW_TRY(chain_(told, [&] { return shelf_.add(change, sources); }));
  return change.number;
}

Result<> Changes::check(ChangeNumber number) {
  GW_TRY(const Change change, in_state(number, Step::found_good));
  if (is_out(Order::look)) return Error{ErrorCode::change_busy, "another change is being looked at"};
  return give(Order::look, change);
}

Result<> Changes::approve(ChangeNumber number, const Author& by) {
  GW_TRY(Change change, in_state(number, Step::put));
  if (by.name == change.by.name)
    return Error{ErrorCode::account_not_by_itself, by.name + " made " + name_of(number)};
  change.approved_by = by.name;
  const Event told[] = {record_of(EventId::change_approved, change, by, {})};
  return chain_(told, [&] { return shelf_.update(change); });
}

Result<Secret> Changes::put(ChangeNumber number, std::chrono::seconds within, const Author& by) {
  GW_TRY(Change change, in_state(number, Step::put));
  GW_TRY(const auto flying, shelf_.in_flight());
  if (flying) return Error{ErrorCode::change_in_flight, name_of(flying->number)};
  GW_TRY(const ChangeNumber base, confirmed());
  if (change.base != base)
    return Error{ErrorCode::change_stale,
                 name_of(base) + " was confirmed since " + name_of(number) + " was made"};
  if (change.widens && change.is_guarded && change.approved_by.empty())
    return Error{ErrorCode::change_unapproved, name_of(number)};
  Secret token = accounts::random_code();
  change.token = accounts::hash_code(token.view());
  change.within = std::clamp(within, Window::kLeast, Window::kMost);
  change.deadline = now() + change.within;
  GW_TRY(move(change, Step::put, by, change.reason));
  GW_TRY(give_put(change, change.within));
  return token;
}

Result<> Changes::confirm(std::string_view token, const Author& by) {
  GW_TRY(Change change, flying(Step::confirm));
  if (is_out(Order::put)) return Error{ErrorCode::change_busy, "it is being put in force once more"};
  if (!accounts::matches(change.token, token)) {
    const Event told[] = {record_of(EventId::change_token_refused, change, by, {})};
    GW_TRY(chain_(told, [] { return Result<>(Done{}); }));
    return Error{ErrorCode::change_token_refused, name_of(change.number)};
  }
  change.token = {};
  GW_TRY(move(change, Step::confirm, by, {}));
  expires_.reset();
  return give(Order::keep, change);
}

Result<> Changes::extend(std::chrono::seconds within, const Author& by) {
  GW_TRY(Change change, flying(Step::confirm));
  change.within = std::clamp(within, Window::kLeast, Window::kMost);
  change.deadline = now() + change.within;
  const Event told[] = {record_of(EventId::change_extended, change, by, {})};
  GW_TRY(chain_(told, [&] { return shelf_.update(change); }));
  expires_ = clock_.now() + change.within;
  return hand_.wait(change.number, change.within);
}

Result<> Changes::turn_back(std::string_view reason, const Author& by) {
  if (reason.empty()) return Error{ErrorCode::change_no_reason};
  GW_TRY(Change change, flying(Step::turn_back));
  if (change.state != State::applied)
    return Error{ErrorCode::change_out_of_order, name_of(change.number) + " is being kept"};
  GW_TRY(move(change, Step::turn_back, by, reason));
  expires_.reset();
  return give(Order::back, change);
}

Result<> Changes::withdraw(ChangeNumber number, std::string_view reason, const Author& by) {
  GW_TRY(Change change, in_state(number, Step::withdraw));
  return move(change, Step::withdraw, by, reason);
}

}  // namespace gw::changes
