#include "renewals.h"

#include <fcntl.h>

#include <algorithm>
#include <iterator>
#include <set>

#include "base/codec.h"
#include "base/secret.h"
#include "ipc/inherited.h"
#include "model/managed_identity.h"
#include "sys/sealed.h"

namespace gw::supervisor {
namespace {

using ipc::compartment::Trade;
using ipc::renewal::Msg;
using ipc::renewal::Place;

constexpr std::chrono::seconds kAfterChange{1};   // compartments that have just begun come first
constexpr std::chrono::minutes kAfterFailure{5};  // of the renewer itself
constexpr std::chrono::seconds kSoonest{10};      // whoever asks to be run again at once waits for so long
constexpr std::chrono::hours kLatest{24};
constexpr std::chrono::minutes kMostWork{10};  // ten servers that answer slowly
constexpr std::size_t kMostPart = 16u << 20;

constexpr std::size_t kMostWaiting = 16;

using Act = ipc::op::IdentityOrder::Act;
/// Where an order is kept until it is carried out.
struct Row {
  Act act;
  Place place;
  std::string_view wish{};  ///< what is kept there; of no length: the order's input
};
constexpr Row kRows[] = {{Act::enrol, Place::ticket},
                         {Act::renew, Place::wish, model::kWishRenewal},
                         {Act::request, Place::wish, model::kWishRequest},
                         {Act::adopt, Place::answer}};
const Row& row_of(Act act) {
  const Row& row = kRows[static_cast<std::size_t>(act)];
  GW_CHECK(row.act == act, "the rows stand in the order of the acts");
  return row;
}

const model::Wiring::Compartment* find(const Edition& edition, const std::string& tenant) {
  const auto& all = edition.wiring.compartments;
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.name == tenant; });
  return found == all.end() ? nullptr : &*found;
}

/// Those of a tenant; none if it has none.
Result<model::ManagedIdentities> identities_of(const Edition& edition, model::TenantId tenant) {
  const auto part = edition.renewals.find(tenant);
  if (part == edition.renewals.end()) return model::ManagedIdentities{};
  GW_TRY(const auto bytes, sys::read_sealed(part->second.get(), kMostPart));
  return decode<model::ManagedIdentities>(bytes);
}

Result<UniqueFd> copy_of(const UniqueFd& sealed) {
  UniqueFd copy(::fcntl(sealed.get(), F_DUPFD_CLOEXEC, 0));
  if (!copy) return system_error("fcntl(F_DUPFD_CLOEXEC)");
  return copy;
}

bool has(const model::ManagedIdentities& all, const std::string& name) {
  return std::any_of(all.identities.begin(), all.identities.end(),
                     [&](const model::ManagedIdentity& one) { return one.name == name; });
}

}  // namespace

Renewals::Renewals(const Premises& premises, const std::string& state_folder, Box box)
    : premises_(premises), shelf_(state_folder), box_(std::move(box)) {}

void Renewals::order(Order order, Finished finished) {
  const Result<> taken = take(order);
  if (!taken) return finished(taken.error());
  if (order.what.act != Act::request) return finished(UniqueFd());
  if (waiting_.size() >= kMostWaiting)
    return finished(Error{ErrorCode::publication_busy, "others wait for requests; try again"});
  waiting_.push_back({std::move(order.what.tenant), std::move(order.what.identity), std::move(finished)});
}

Result<> Renewals::take(const Order& order) {
  const std::string &tenant = order.what.tenant, &identity = order.what.identity;
  const EditionPtr edition = box_.in_force();
  if (!edition) return Error{ErrorCode::publication_busy, "the box is starting"};
  const Error unknown{ErrorCode::identity_unknown,
                      "the configuration in force has no identity " + tenant + "/" + identity};
  const model::Wiring::Compartment* found = find(*edition, tenant);
  if (found == nullptr) return unknown;
  GW_TRY(const model::ManagedIdentities all, identities_of(*edition, found->tenant));
  if (!has(all, identity)) return unknown;
  const Row& row = row_of(order.what.act);
  GW_TRY(auto input, sys::read_sealed(order.input.get(), model::kMostSlotText));
  const std::string text = row.wish.empty() ? std::string(as_text(input)) : std::string(row.wish);
  wipe(input.data(), input.size());  // it may be a ticket
  if (text.empty()) return Error{ErrorCode::ticket_malformed, "there is nothing in what was given"};
  GW_TRY(shelf_.keep(tenant, identity, row.place, text));
  due_[found->tenant] = premises_.clock.now();
  return Done{};
}

void Renewals::stop() {
  standing_ = Standing::stopped;
  run_.reset();
  waiting_.clear();
}

void Renewals::tick(Instant now) {
  if (standing_ == Standing::stopped) return;
  if (run_) {
    run_->renewer->tick(now);
    if (now >= run_->late) run_->renewer->kill();
    return;
  }
  const EditionPtr edition = box_.settled();
  if (!edition) return;
  if (has_news_ && now >= news_due_) return publish();
  follow(edition, now);
  const auto next = std::min_element(due_.begin(), due_.end(),
                                     [](const auto& a, const auto& b) { return a.second < b.second; });
  if (next != due_.end() && now >= next->second) begin(*edition, next->first, now);
}

void Renewals::record(const Error& why, const std::string& tenant) const {
  premises_.journal.write(Event(EventId::identity_not_renewed).add(Field::detail, why.to_text()),
                          "supervisor", tenant);
}

/// Whatever has come into force may want a certificate that was not wanted before.
void Renewals::follow(const EditionPtr& edition, Instant now) {
  if (edition->generation == followed_) return;
  followed_ = edition->generation;
  due_.clear();
  std::set<std::string> wanted;
  for (const auto& [tenant, part] : edition->renewals) {
    due_[tenant] = now + kAfterChange;
    for (const model::Wiring::Compartment& one : edition->wiring.compartments)
      if (one.tenant == tenant) wanted.insert(one.name);
  }
  std::erase_if(attempts_, [&](const auto& one) { return !wanted.contains(one.first.first); });
  const auto is_gone = [&](const Waiting& one) { return !wanted.contains(one.tenant); };
  for (const Waiting& one : take_waiting(is_gone))
    one.finished(Error{ErrorCode::identity_unknown, "the configuration has changed meanwhile"});
}

void Renewals::begin(const Edition& edition, model::TenantId tenant, Instant now) {
  due_[tenant] = Instant::max();
  const Result<> started = start(edition, tenant);
  if (started) return;
  record(started.error(), run_->name);
  turn_away(run_->name);
  run_.reset();
  due_[tenant] = now + kAfterFailure;
}

Result<> Renewals::start(const Edition& edition, model::TenantId tenant) {
  const auto& all = edition.wiring.compartments;
  const auto owner =
      std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.tenant == tenant; });
  GW_CHECK(owner != all.end(), "an edition's parts are those of its tenants");
  run_.emplace();
  run_->tenant = tenant;
  run_->name = owner->name;
  run_->late = premises_.clock.now() + kMostWork;
  GW_TRY(run_->identities, identities_of(edition, tenant));
  GW_TRY(const model::RenewalOrder order, order_of(edition));
  std::vector<std::uint8_t> bytes = encode(order);
  Result<UniqueFd> sealed = sys::seal(bytes, "renewal");
  wipe(bytes.data(), bytes.size());  // there may be a ticket in it
  if (!sealed) return sealed.error();
  GW_TRY(const ipc::Channel dialer, box_.dial_as_guest(run_->name));
  GW_TRY(const ipc::Channel keyd, box_.work_with_keys({Trade::hold_identity, run_->name, {}}));
  GW_TRY(
      run_->renewer,
      Running::start(premises_, role(RoleId::renewer),
                     {.tenant = tenant,
                      .tenant_name = run_->name,
                      .inputs = {{sealed->get(), ipc::kInputFd},
                                 {dialer.fd(), ipc::kSecondInputFd},
                                 {keyd.fd(), ipc::kThirdInputFd}}},
                     ipc::renewal::kFromRenewer,
                     {[this](ipc::Frame& frame) { hear(frame); },
                      [this](const sys::Ending& ending, const std::string& words) { end(ending, words); }}));
  return Done{};
}

Result<model::RenewalOrder> Renewals::order_of(const Edition& edition) const {
  model::RenewalOrder order{.generation = edition.generation, .tenant = run_->name};
  for (const model::ManagedIdentity& identity : run_->identities.identities)
    order.items.push_back({identity, shelf_.slot_of(run_->name, identity.name)});
  return order;
}

void Renewals::hear(ipc::Frame& frame) {
  const bool is_last = static_cast<Msg>(frame.type) == Msg::finished;
  const Result<> heard = is_last ? finish(frame) : keep(frame);
  if (heard) return;
  record(heard.error(), run_->name);
  run_->renewer->kill();
}

/// The answer means that it is on the disk: only then does the renewer go on.
Result<> Renewals::keep(ipc::Frame& frame) {
  GW_TRY(const ipc::renewal::Keep asked, decode<ipc::renewal::Keep>(frame.body));
  if (!has(run_->identities, asked.identity))
    return Error{ErrorCode::identity_unknown, "a renewer spoke of an identity that is not its tenant's"};
  if (asked.place == Place::request) return hand_out(asked.identity, std::move(frame.fds.front()));
  GW_TRY(const auto text, sys::read_sealed(frame.fds.front().get(), model::kMostSlotText));
  const bool is_asked_again = std::any_of(waiting_.begin(), waiting_.end(), [&](const Waiting& one) {
    return one.tenant == run_->name && one.identity == asked.identity;
  });
  if (asked.place == Place::wish && text.empty() &&
      is_asked_again) {  // this wish came after the one fulfilled
    due_[run_->tenant] = premises_.clock.now();
    return run_->renewer->tell(Msg::kept), Done{};
  }
  GW_TRY(shelf_.keep(run_->name, asked.identity, asked.place, std::string(as_text(text))));
  if (asked.place == Place::current) run_->has_news = true;
  run_->renewer->tell(Msg::kept);
  return Done{};
}

/// They are answered outside of the list, since whoever is answered may order again.
std::vector<Renewals::Waiting> Renewals::take_waiting(const std::function<bool(const Waiting&)>& wanted) {
  const auto first = std::stable_partition(waiting_.begin(), waiting_.end(),
                                           [&](const Waiting& one) { return !wanted(one); });
  std::vector<Waiting> out(std::make_move_iterator(first), std::make_move_iterator(waiting_.end()));
  waiting_.erase(first, waiting_.end());
  return out;
}

/// The wish is fulfilled, whether anybody waits for it yet or not: the next one is answered with the same
/// key's.
Result<> Renewals::hand_out(const std::string& identity, UniqueFd request) {
  const auto is_theirs = [&](const Waiting& one) {
    return one.tenant == run_->name && one.identity == identity;
  };
  for (const Waiting& one : take_waiting(is_theirs)) one.finished(copy_of(request));
  run_->renewer->tell(Msg::kept);
  return Done{};
}

/// A run is over and has not had its request for them.
void Renewals::turn_away(const std::string& tenant) {
  for (const Waiting& one : take_waiting([&](const Waiting& each) { return each.tenant == tenant; }))
    one.finished(Error{ErrorCode::identity_not_tried, "no request came about; the box's log says why"});
}

/// A ticket that came meanwhile wants another run at once.
Result<> Renewals::finish(const ipc::Frame& frame) {
  GW_TRY(const ipc::renewal::Finished finished, decode<ipc::renewal::Finished>(frame.body));
  const auto civil =
      std::chrono::floor<std::chrono::milliseconds>(premises_.clock.civil_now().time_since_epoch());
  for (const ipc::renewal::Attempt& attempt : finished.attempts) note(civil, attempt);
  const auto wanted = finished.look_again - civil;
  const auto pause = std::clamp<std::chrono::milliseconds>(wanted, kSoonest, kLatest);
  run_->has_finished = true;
  Instant& due = due_[run_->tenant];
  if (due == Instant::max()) due = premises_.clock.now() + pause;
  return Done{};
}

void Renewals::note(std::chrono::milliseconds at, const ipc::renewal::Attempt& attempt) {
  if (!has(run_->identities, attempt.identity)) return;
  attempts_[{run_->name, attempt.identity}] = {run_->name, attempt.identity, at, attempt.code,
                                               attempt.detail};
}

std::vector<model::CertificateState::Attempt> Renewals::attempts() const {
  std::vector<model::CertificateState::Attempt> out;
  for (const auto& [identity, attempt] : attempts_) out.push_back(attempt);
  return out;
}

void Renewals::end(const sys::Ending& ending, const std::string& words) {
  has_news_ = has_news_ || run_->has_news;
  if (!run_->has_finished) {
    record({ErrorCode::identity_not_tried, "the renewer ended: " + ending.to_text() + " " + words},
           run_->name);
    due_[run_->tenant] = premises_.clock.now() + kAfterFailure;
  }
  // Whoever ordered while it ran has the next one.
  if (due_[run_->tenant] > premises_.clock.now()) turn_away(run_->name);
  run_.reset();
}

/// The same configuration with the new certificates. Refused, it is tried again: the old ones end some day.
void Renewals::publish() {
  has_news_ = false;
  box_.publish_again([this](const Outcome& outcome) {
    if (outcome.result) return;
    has_news_ = true;
    if (outcome.result.error().code == ErrorCode::publication_busy) return;
    news_due_ = premises_.clock.now() + kAfterFailure;
    record(outcome.result.error(), {});
  });
}

}  // namespace gw::supervisor
