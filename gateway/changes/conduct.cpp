// What of the changes follows from what the box says and from time.

#include <algorithm>

#include "changes/changes.h"
#include "changes/outcomes.h"
#include "pki/certificate.h"

namespace gw::changes {
namespace {

const Author kBox{"box", ""};

}  // namespace

std::chrono::seconds Changes::left_of(const Change& change) const {
  const auto left = std::chrono::floor<std::chrono::seconds>(change.deadline - now());
  return std::clamp(left, std::chrono::seconds(0), change.within);  // a clock that was set lengthens nothing
}

// ---------------------------------------------------------------- orders

void Changes::took(Order order, ChangeNumber change, Result<> told) {
  if (told)
    out_[static_cast<std::size_t>(order)] = change;
  else
    retry_ = clock_.now() + kRetry;
}

Result<> Changes::give(Order order, const Change& change) {
  if (order == Order::look) {
    GW_TRY(const auto wanted, sources(change.number));
    GW_TRY(const auto before, shelf_.sources(change.base));
    GW_TRY(hand_.look(change.number, wanted, before.value_or(std::vector<std::uint8_t>())));
    took(order, change.number, Done{});
    return Done{};
  }
  const bool is_found = change.base == ChangeNumber{};
  took(order, change.number,
       order == Order::keep ? hand_.keep(change.number, is_found) : hand_.back(change.number));
  return Done{};
}

Result<> Changes::give_put(const Change& change, std::chrono::seconds within) {
  GW_TRY(const auto wanted, sources(change.number));
  took(Order::put, change.number, hand_.put(change.number, wanted, within));
  return Done{};
}

// ---------------------------------------------------------------- what came of them

Result<> Changes::hear(const Carried& carried) {
  auto& out = out_[static_cast<std::size_t>(carried.order)];
  if (out != carried.change) return Done{};  // of an order of somebody before us
  out.reset();
  Result<> taken = Done{};
  if (carried.order == Order::look) {
    taken = looked(carried);
  } else {
    GW_TRY(Change change, find(carried.change));
    if (carried.order == Order::put) taken = was_put(change, carried);
    if (carried.order == Order::keep) taken = was_kept(change, carried);
    if (carried.order == Order::back) taken = went_back(change, carried);
  }
  if (carried.order == Order::keep && adopting_ == carried.change) adopting_.reset();
  if (done_) done_(carried.order, carried.change, taken ? carried.outcome : taken);
  return taken;
}

Result<> Changes::looked(const Carried& carried) {
  GW_TRY(Change change, find(carried.change));
  if (!next(change.state, Step::found_good)) return Done{};  // withdrawn meanwhile
  change.report = carried.report;
  change.words = carried.words;
  change.widens = carried.widens;
  change.is_guarded = carried.is_guarded;
  change.foreseen = carried.foreseen;
  return carried.outcome ? move(change, Step::found_good, kBox, {})
                         : move(change, Step::found_bad, kBox, carried.outcome.error().to_text());
}

Result<> Changes::was_put(Change& change, const Carried& carried) {
  if (!carried.outcome) {
    const std::string why = carried.outcome.error().to_text();
    if (!carried.report.empty()) change.report = carried.report;
    if (change.state == State::applying) return move(change, Step::found_bad, kBox, why);
    return end_without(change, why);
  }
  change.generation = carried.generation;
  change.sessions_kept = carried.sessions_kept;
  change.sessions_closed = carried.sessions_closed;
  if (change.state == State::confirming) return give(Order::keep, change);
  if (change.state != State::applying) return Done{};  // in force once more, after the box's restart
  change.deadline = now() + change.within;
  GW_TRY(move(change, Step::in_force, kBox, {}));
  expires_ = clock_.now() + change.within;
  return Done{};
}

Result<> Changes::was_kept(Change& change, const Carried& carried) {
  if (change.state != State::confirming) return Done{};
  if (carried.outcome) return move(change, Step::kept, kBox, {});
  GW_TRY(move(change, Step::turn_back, kBox, carried.outcome.error().to_text()));
  return give(Order::back, change);
}

Result<> Changes::went_back(Change& change, const Carried& carried) {
  if (carried.outcome)
    return change.state == State::rolling_back ? move(change, Step::back, kBox, "") : Result<>(Done{});
  retry_ = clock_.now() + kRetry;
  return Done{};
}

/// The box stands on what was confirmed before already.
Result<> Changes::end_without(Change& change, std::string_view why) {
  if (change.state != State::rolling_back) GW_TRY(move(change, Step::turn_back, kBox, why));
  expires_.reset();
  return move(change, Step::back, kBox, why);
}

// ---------------------------------------------------------------- where the box stands

Result<> Changes::hear(Standing standing) {
  unsettled_ = std::move(standing);
  return reconcile();
}

/// What was being carried out when the one of us died who was to hear of it.
Result<> Changes::reconcile() {
  GW_TRY(auto flying, shelf_.in_flight());
  if (flying) GW_TRY(reconcile(*flying));
  GW_TRY(const auto still, shelf_.in_flight());
  if (!still && !unsettled_->sources.empty()) {
    GW_TRY(const ChangeNumber known, confirmed());
    if (unsettled_->start != known || known == ChangeNumber{}) GW_TRY(adopt());
  }
  unsettled_.reset();
  is_heard_ = true;
  return Done{};
}

Result<> Changes::reconcile(Change& change) {
  const Standing& box = *unsettled_;
  const bool stands = box.in_force == change.number;
  switch (change.state) {
    case State::applying:
      if (!stands)
        return move(change, Step::found_bad, kBox, "the box ended while it was being put in force");
      GW_TRY(move(change, Step::in_force, kBox, {}));
      expires_ = clock_.now() + left_of(change);
      return Done{};
    case State::applied:
      return stand_in(change);
    case State::confirming:
      if (box.start == change.number) return move(change, Step::kept, kBox, {});
      if (stands) return give(Order::keep, change);
      if (change.base != ChangeNumber{}) return give_put(change, Window::kMost);
      if (pki::sha256_of(box.sources) == change.digest) return give(Order::keep, change);
      return end_without(change, "the box began with another configuration");
    default:
      return stands && box.start != change.number ? give(Order::back, change) : end_without(change, {});
  }
}

/// Its time goes on, whatever was started anew meanwhile.
Result<> Changes::stand_in(Change& change) {
  const Standing& box = *unsettled_;
  const auto left = left_of(change);
  if (box.undone == change.number) return end_without(change, kTooLate);
  expires_ = clock_.now() + left;
  if (box.in_force == change.number) return Done{};
  if (left > std::chrono::seconds(0)) return give_put(change, left);
  return end_without(change, kTooLate);
}

/// What is in force, and not by us, is where the history begins or goes on.
Result<> Changes::adopt() {
  GW_TRY(const ChangeNumber last, shelf_.last());
  const bool is_kept = unsettled_->start.number() > last.number();
  Change change{.number = ChangeNumber(is_kept ? unsettled_->start.number() : last.number() + 1), .by = kBox};
  change.reason = "the configuration the box was found with";
  change.state = is_kept ? State::confirmed : State::confirming;
  change.staged = now();
  change.digest = pki::sha256_of(unsettled_->sources);
  const Event told[] = {record_of(EventId::change_adopted, change, kBox, change.reason)};
  GW_TRY(chain_(told, [&] { return shelf_.add(change, unsettled_->sources); }));
  if (is_kept) return Done{};
  adopting_ = change.number;
  return give(Order::keep, change);
}

// ---------------------------------------------------------------- time

Result<> Changes::tick() {
  const Instant moment = clock_.now();
  if (unsettled_ && (!retry_ || moment >= *retry_)) {
    retry_ = moment + kRetry;
    GW_TRY(reconcile());
  }
  if (expires_ && moment >= *expires_) {
    expires_ = moment + kRetry;
    GW_TRY(expire());
    expires_.reset();
  }
  if (unsettled_ || !retry_ || moment < *retry_) return Done{};
  retry_.reset();
  return give_again();
}

Result<> Changes::expire() {
  GW_TRY(auto flying, shelf_.in_flight());
  if (!flying || flying->state != State::applied) return Done{};
  GW_TRY(move(*flying, Step::turn_back, kBox, kTooLate));
  return give(Order::back, *flying);
}

/// An order that could not be given, or not be carried out.
Result<> Changes::give_again() {
  GW_TRY(auto flying, shelf_.in_flight());
  if (!flying || is_out(Order::put)) return Done{};
  if (flying->state == State::applying) {
    const auto left = left_of(*flying);
    return left > std::chrono::seconds(0) ? give_put(*flying, left)
                                          : move(*flying, Step::found_bad, kBox, "the box did not take it");
  }
  if (flying->state == State::applied) return Done{};
  const Order order = flying->state == State::confirming ? Order::keep : Order::back;
  return is_out(order) ? Result<>(Done{}) : give(order, *flying);
}

std::optional<Instant> Changes::due() const {
  if (!expires_ || !retry_) return expires_ ? expires_ : retry_;
  return std::min(*expires_, *retry_);
}

}  // namespace gw::changes
