// What becomes of orders that were taken, by what the clinic, the box and time have brought.

#include <algorithm>

#include "accounts/typed.h"
#include "audit/read_line.h"
#include "audit/removal.h"
#include "base/codec.h"
#include "base/text.h"
#include "control/bundle_office.h"
#include "control/order_office.h"

namespace gw::control {
namespace {

namespace op = ipc::op;
using changes::Change;
using changes::ChangeNumber;
using orders::Entry;
using orders::Kind;
using orders::State;

constexpr std::string_view kTooLate = "its time was over";
constexpr std::string_view kStale = "another change was confirmed meanwhile";
constexpr std::string_view kKeyGone = "the key that signed it counts no more";
constexpr std::string_view kTakenBack = "the operations centre took it back";
constexpr std::string_view kPerhaps = "the box was asked already and may have done it";
constexpr std::string_view kStays = "it is carried out already, which stays";
constexpr std::size_t kMostChanges = 100, kMostApplied = 50;

bool is_carried_out(changes::State state) {
  constexpr changes::State kStates[] = {changes::State::applying, changes::State::applied,
                                        changes::State::confirming, changes::State::confirmed};
  return std::ranges::find(kStates, state) != std::end(kStates);
}

const changes::Author author_of(const Entry& entry) { return {kCentre, entry.order.id}; }

std::uint64_t number_in(const Event& event, Field field) {
  const auto found = std::ranges::find(event.entries(), field, &Event::Entry::field);
  return found == event.entries().end() ? 0 : found->number;
}
std::string text_in(const Event& event, Field field) {
  const auto found = std::ranges::find(event.entries(), field, &Event::Entry::field);
  return found == event.entries().end() ? std::string() : found->text;
}

op::CutOrder cut_of(const Entry& entry, const orders::Revocation& wanted) {
  const std::string why = std::string(kCentre) + " " + entry.order.id + ": " + entry.order.reason;
  return {{model::Cut::What::certificates, wanted.tenant, wanted.terminal, wanted.certificate},
          accounts::one_line(why, kForeignTextLimit)};
}

/// Is what is told of an update about this one?
bool is_of(const model::UpdateState& image, const orders::UpdateOffer& offer) {
  return image.last && image.last->bundle == offer.sha256;
}
bool is_under_way(const model::UpdateState& image) {
  return image.is_on_trial || image.is_waiting() || image.last->stage == model::UpdateStage::installing;
}
/// Confirmed, and not another one that calls itself the same.
bool runs(const model::UpdateState& image, const orders::UpdateOffer& offer) {
  const bool is_another = image.last && image.last->stage == model::UpdateStage::kept &&
                          image.last->slot == image.slot && !image.last->bundle.empty() &&
                          image.last->bundle != offer.sha256;
  return image.runs_for_good(offer.version) && !is_another;
}
/// Is it of use to have it fetched?
bool is_of_use(const model::UpdateState& image, const orders::UpdateOffer& offer) {
  if (!image.is_appliance() || runs(image, offer)) return false;
  if (!is_of(image, offer)) return true;
  return image.last->stage == model::UpdateStage::installing ||
         image.last->stage == model::UpdateStage::interrupted;
}
std::string why_failed(const model::UpdateState::Last& last) {
  return std::string(model::word_of(last.stage)) + (last.because.empty() ? "" : ": " + last.because);
}

}  // namespace

Result<> OrderOffice::tick(ErrandLine& errands, bool is_clock_right) {
  if (!is_heard_) return Done{};
  GW_TRY(begin());
  GW_TRY(note_applied());
  if (live_.empty() || clock_.now() < due_) return Done{};
  due_ = clock_.now() + kLookEvery;
  if (!is_clock_right) return Done{};
  ask_for_image(errands);
  for (Entry& entry : live_) {
    if (is_over(entry.state)) continue;
    if (const Result<> followed = follow(entry, errands); !followed)
      GW_TRY(end_with(entry, followed.error()));
  }
  std::erase_if(live_, [](const Entry& one) { return is_over(one.state); });
  return Done{};
}

/// Only the store is everybody's concern: what is wrong with one order ends that one.
Result<> OrderOffice::end_with(Entry& entry, const Error& why) {
  constexpr ErrorCode kStore[] = {ErrorCode::store_failed, ErrorCode::store_full, ErrorCode::store_damaged};
  if (std::ranges::find(kStore, why.code) != std::end(kStore)) return why;
  return move(entry, State::failed, {}, why.to_text());
}

Result<> OrderOffice::follow(Entry& entry, ErrandLine& errands) {
  if (!counts(entry)) return stop(entry, State::failed, std::string(kKeyGone));
  if (is_taken_back(entry)) return stop(entry, State::withdrawn, std::string(kTakenBack));
  return go_on(entry, errands);
}

Result<> OrderOffice::go_on(Entry& entry, ErrandLine& errands) {
  switch (entry.order.kind()) {
    case Kind::change:
      return follow_change(entry);
    case Kind::revoke:
      return follow_revocation(entry, errands);
    case Kind::bundle:
      return follow_bundle(entry);
    case Kind::withdraw:
      return follow_withdrawal(entry);
    case Kind::update:
      break;
  }
  return follow_offer(entry);
}

// ---------------------------------------------------------------- what is to be done no more

bool OrderOffice::is_taken_back(const Entry& entry) const {
  const auto takes_it_back = [&](const Entry& one) {
    const auto* wanted = std::get_if<orders::Withdrawal>(&one.order.wanted);
    return wanted != nullptr && wanted->order == entry.order.id && !is_over(one.state) && counts(one);
  };
  return std::ranges::any_of(live_, takes_it_back);
}

bool OrderOffice::waits_for_answer(const Entry& entry) const {
  return std::ranges::any_of(asked_, [&](const Asked& one) {
    return one.order == entry.order.id && one.errand != 0 && clock_.now() < one.until;
  });
}

/// Is it in force, or is somebody of the clinic at it? Then that goes its way.
Result<bool> OrderOffice::is_done_already(const Entry& entry) {
  if (entry.order.kind() == Kind::bundle) return entry.bundle != 0;
  if (entry.order.kind() != Kind::change || entry.change == 0) return false;
  GW_TRY(const Change change, changes_.find(ChangeNumber(entry.change)));
  return is_carried_out(change.state);
}

/// A cut that the box was asked for may have been made although nobody has answered.
Result<> OrderOffice::stop(Entry& entry, State to, std::string why) {
  if (waits_for_answer(entry)) return Done{};
  if (entry.order.kind() == Kind::bundle && entry.bundle != 0) return follow_bundle(entry);
  if (entry.order.kind() == Kind::change && entry.change != 0) {
    GW_TRY(const Change change, changes_.find(ChangeNumber(entry.change)));
    if (is_over(change.state)) return follow_over(entry, change);
    const bool is_only_wanted = changes::next(change.state, changes::Step::withdraw).has_value();
    return is_only_wanted ? withdraw(entry, why) : Result<>(Done{});
  }
  if (entry.is_begun) why += "; " + std::string(kPerhaps);
  return move(entry, to, to == State::withdrawn ? kCentre : "", std::move(why));
}

/// Done is what was not carried out and will not be; what was, stays, and that is told.
Result<> OrderOffice::follow_withdrawal(Entry& entry) {
  const std::string id = std::get<orders::Withdrawal>(entry.order.wanted).order;
  if (const Entry* live = find_live(id)) {
    GW_TRY(const bool is_done, is_done_already(*live));
    return is_done ? move(entry, State::failed, {}, std::string(kStays)) : Result<>(Done{});
  }
  GW_TRY(const auto found, book_.find(id));
  const bool is_sure = !found || (found->state != State::done && !found->is_begun);
  if (is_sure) return move(entry, State::done, kCentre, {});
  return move(entry, State::failed, {}, found->state == State::done ? std::string(kStays) : found->outcome);
}

// ---------------------------------------------------------------- certificates that count no more

/// To block what is blocked is nothing new, so whoever does not know asks once more, as long as it counts.
/// That the box is asked is written down before it is.
Result<> OrderOffice::follow_revocation(Entry& entry, ErrandLine& errands) {
  std::erase_if(asked_, [&](const Asked& one) { return clock_.now() >= one.until; });
  const bool is_asked = std::ranges::find(asked_, entry.order.id, &Asked::order) != asked_.end();
  const auto* wanted = std::get_if<orders::Revocation>(&entry.order.wanted);
  if (is_asked || wanted == nullptr) return Done{};
  if (is_late(entry)) return stop(entry, State::failed, std::string(kTooLate));
  if (!errands.fd()) return Done{};
  GW_TRY(note_begun(entry, true));
  const auto errand = errands.send({op::Msg::cut, encode(cut_of(entry, *wanted)), {}});
  if (!errand) return note_begun(entry, false);
  asked_.push_back({entry.order.id, *errand, clock_.now() + ErrandLine::kPatience});
  return Done{};
}

Result<> OrderOffice::note_begun(Entry& entry, bool is_begun) {
  if (entry.is_begun == is_begun) return Done{};
  Entry noted = entry;
  noted.is_begun = is_begun;
  GW_TRY(book_.update(noted));
  entry.is_begun = is_begun;
  return Done{};
}

Result<> OrderOffice::told(const ErrandLine::Answer& answer) {
  if (image_errand_ != 0 && answer.errand == image_errand_) return hear_of_image(answer.frame);
  const auto found =
      answer.errand == 0 ? asked_.end() : std::ranges::find(asked_, answer.errand, &Asked::errand);
  if (found == asked_.end()) return Done{};
  found->errand = 0;
  Entry* entry = find_live(found->order);
  if (entry == nullptr) return Done{};
  if (answer.frame) return move(*entry, State::done, kCentre, {});
  GW_TRY(note_begun(*entry, false));
  const Error& why = answer.frame.error();
  const bool is_for_good = why.code == ErrorCode::cut_unknown_name;
  return is_for_good ? move(*entry, State::failed, {}, why.to_text()) : Result<>(Done{});
}

// ---------------------------------------------------------------- changes of the configuration

Result<> OrderOffice::follow_change(Entry& entry) {
  if (!changes_.is_ready()) return Done{};
  if (entry.change == 0)  // until it is handed over again
    return is_late(entry) ? move(entry, State::expired, {}, std::string(kTooLate)) : Result<>(Done{});
  GW_TRY(const Change change, changes_.find(ChangeNumber(entry.change)));
  switch (change.state) {
    case changes::State::staged: {
      if (is_late(entry)) return withdraw(entry, kTooLate);
      const Result<> looks = changes_.check(change.number);  // one at a time: the others' turn comes
      return looks || looks.error().code != ErrorCode::change_pruned
                 ? Result<>(Done{})
                 : withdraw(entry, looks.error().to_text());
    }
    case changes::State::checked:
      return follow_checked(entry, change);
    case changes::State::applied:
      return confirm(entry);
    default:
      return is_over(change.state) ? follow_over(entry, change) : Result<>(Done{});
  }
}

/// Of those who died between taking an order and writing down its change.
Result<> OrderOffice::find_changes() {
  const auto lacks_change = [](const Entry& one) {
    return one.order.kind() == Kind::change && one.change == 0;
  };
  if (std::ranges::none_of(live_, lacks_change)) return Done{};
  GW_TRY(const auto changes, changes_.newest(kMostChanges));
  for (Entry& entry : live_) {
    if (!lacks_change(entry)) continue;
    const auto found = std::ranges::find_if(changes, [&](const Change& one) {
      return one.by.name == kCentre && one.by.source == entry.order.id;
    });
    if (found == changes.end()) continue;
    entry.change = found->number.number();
    GW_TRY(book_.update(entry));
  }
  return Done{};
}

/// What it was compared with has to be there still: a comparison with nothing finds no widening.
Result<bool> OrderOffice::only_narrows(const Change& change) {
  if (change.widens || change.base == ChangeNumber{}) return false;
  const auto base = changes_.sources(change.base);
  return base && !base->empty();
}

Result<> OrderOffice::follow_checked(Entry& entry, const Change& change) {
  if (is_late(entry)) return withdraw(entry, kTooLate);
  GW_TRY(const ChangeNumber confirmed, changes_.confirmed());
  if (change.base != confirmed) return withdraw(entry, kStale);
  GW_TRY(const bool narrows, only_narrows(change));
  if (!narrows) return entry.state == State::waits ? Result<>(Done{}) : move(entry, State::waits, {}, {});
  auto token = changes_.put(change.number, window(), author_of(entry));
  if (!token) return Done{};  // another one is in flight: later
  flight_.emplace(Flight{entry.order.id, change.number, *std::move(token), {}});
  return Done{};
}

/// So long that a whole round comes about in it, whenever the last one began.
std::chrono::seconds OrderOffice::window() const {
  using changes::Window;
  return std::clamp(2 * every_ + kMostRound, Window::kUsual, Window::kMost);
}

/// From when on rounds prove something: looked at each time, since it is not when its order is looked at.
Result<> OrderOffice::note_applied() {
  if (!flight_ || flight_->applied) return Done{};
  GW_TRY(const Change change, changes_.find(flight_->change));
  if (change.state == changes::State::applied) flight_->applied = clock_.now();
  return Done{};
}

/// Kept once a whole round has come about on it: the way to the centre is none of those that it has closed.
/// Whoever was started anew meanwhile has no token, and it is undone in its time.
Result<> OrderOffice::confirm(Entry& entry) {
  if (!flight_ || flight_->order != entry.order.id) return Done{};
  if (!flight_->applied || !heard_ || *heard_ <= *flight_->applied) return Done{};
  const Flight flight = *std::exchange(flight_, std::nullopt);
  const Result<> confirmed = changes_.confirm(flight.token.view(), author_of(entry));
  return confirmed || confirmed.error().code != ErrorCode::store_failed ? Result<>(Done{}) : confirmed;
}

Result<> OrderOffice::withdraw(Entry& entry, std::string_view why) {
  return changes_.withdraw(ChangeNumber(entry.change), why, author_of(entry));
}

/// Who put it in force: the change itself says who made it and how it ended. Only controld's own word counts.
Result<std::string> OrderOffice::who_applied(const Change& change) {
  model::RecordQuery query;
  query.event = to_string(EventId::change_applying);
  GW_TRY(const auto found, store_.find(query, UINT64_MAX, kMostApplied));
  for (const RecordStore::Found& one : found)
    if (const auto read = audit::read_line(one.line); read && read->record.process == audit::kKeeper)
      if (number_in(read->record.event, Field::change) == change.number.number())
        return text_in(read->record.event, Field::administrator);
  return std::string();
}

Result<> OrderOffice::follow_over(Entry& entry, const Change& change) {
  const bool is_ours = change.ended_by.name == kCentre;
  switch (change.state) {
    case changes::State::confirmed: {
      GW_TRY(std::string by, who_applied(change));
      return move(entry, State::done, std::move(by), {});
    }
    case changes::State::withdrawn:
      if (is_ours && change.outcome == kTooLate) return move(entry, State::expired, {}, change.outcome);
      if (is_ours && change.outcome == kTakenBack)
        return move(entry, State::withdrawn, kCentre, change.outcome);
      return is_ours ? move(entry, State::failed, {}, change.outcome)
                     : move(entry, State::declined, change.ended_by.name, change.outcome);
    default:
      return move(entry, State::failed, {}, change.outcome);
  }
}

// ---------------------------------------------------------------- support files

Result<> OrderOffice::follow_bundle(Entry& entry) {
  if (entry.bundle == 0)
    return is_late(entry) ? move(entry, State::expired, {}, std::string(kTooLate)) : Result<>(Done{});
  const auto& failed = bundles_.failed();
  if (failed && failed->number == entry.bundle) return move(entry, State::failed, {}, failed->why.to_text());
  const Collection* collecting = bundles_.collecting();
  if (collecting != nullptr && collecting->number() == entry.bundle) return Done{};
  const auto head = bundles_.find(entry.bundle);
  const bool is_gone = !head && (head.error().code == ErrorCode::bundle_unknown || is_late(entry));
  if (is_gone) return move(entry, State::failed, {}, head.error().to_text());
  if (!head) return Done{};  // its folder cannot be read now
  return move(entry, State::done, {}, file_name_of(*head));
}

// ---------------------------------------------------------------- images

void OrderOffice::ask_for_image(ErrandLine& errands) {
  const bool is_offered = std::ranges::any_of(
      live_, [](const Entry& one) { return one.order.kind() == Kind::update && !is_over(one.state); });
  if (!is_offered || clock_.now() < image_due_) return;
  image_due_ = clock_.now() + kAskForImageEvery;
  if (const auto errand = errands.send({op::Msg::update_state, {}, {}})) image_errand_ = *errand;
}

Result<> OrderOffice::hear_of_image(const Result<ipc::Frame>& frame) {
  image_errand_ = 0;
  if (!frame) return Done{};
  GW_TRY(image_, decode<model::UpdateState>(frame->body));
  return Done{};
}

std::optional<OrderOffice::Offered> OrderOffice::offered() const {
  if (!is_heard_ || !is_begun_) return std::nullopt;
  Offered out;
  for (const Entry& entry : live_) {
    const auto* offer = std::get_if<orders::UpdateOffer>(&entry.order.wanted);
    if (offer == nullptr || is_over(entry.state) || !counts(entry)) continue;
    if (!image_) return std::nullopt;
    if (is_of_use(*image_, *offer)) out.image = *offer;
  }
  if (image_) out.window = image_->window;
  return out;
}

Result<> OrderOffice::consent_to_image(const accounts::Actor& actor, std::string_view sha256) {
  for (Entry& entry : live_) {
    const auto* offer = std::get_if<orders::UpdateOffer>(&entry.order.wanted);
    if (offer == nullptr || offer->sha256 != sha256 || is_over(entry.state)) continue;
    Entry agreed = entry;
    agreed.by = actor.name;
    GW_TRY(book_.update(agreed));
    entry = std::move(agreed);
  }
  return Done{};
}

/// Nobody says here that it shall be installed, which is done where images are: the image that runs says what
/// came of it, and of one that does not run the digest of its bundle, by which it was offered.
Result<> OrderOffice::follow_offer(Entry& entry) {
  const auto* offer = std::get_if<orders::UpdateOffer>(&entry.order.wanted);
  if (offer != nullptr && image_) {
    if (runs(*image_, *offer)) return move(entry, State::done, {}, "it runs from slot " + image_->slot);
    if (is_of(*image_, *offer)) {
      if (model::has_failed(image_->last->stage))
        return move(entry, State::failed, {}, why_failed(*image_->last));
      if (is_under_way(*image_)) return Done{};  // what was begun in time comes to its end
    }
  }
  return is_late(entry) ? move(entry, State::expired, {}, std::string(kTooLate)) : Result<>(Done{});
}

}  // namespace gw::control
