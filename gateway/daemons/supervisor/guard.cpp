#include "guard.h"

#include <algorithm>

#include "ear.h"
#include "ipc/messages/control_watch.h"
#include "sys/sealed.h"

namespace gw::supervisor {
namespace {

namespace msg = ipc::watch;
using msg::Msg;

constexpr std::chrono::seconds kJoinWithin{20};
constexpr std::chrono::minutes kBetweenLooks{1};
constexpr std::chrono::milliseconds kAfterChange{100};    // a change seldom comes alone
constexpr std::chrono::seconds kAgain{1};                 // after a look that failed
constexpr std::chrono::milliseconds kBetweenLeases{500};  // however often a client changes its mind
constexpr std::uint32_t kMostFailures = 3;

msg::Owner owner_of(const model::Wiring::Compartment& compartment) {
  msg::Owner owner{compartment.name, account_of(role(RoleId::dialerd), compartment.tenant), {}};
  for (const model::Wiring::Listening& listening : compartment.listeners)
    owner.addresses.push_back(listening.endpoint.address);
  if (compartment.enrolment) owner.addresses.push_back(compartment.enrolment->listening.endpoint.address);
  return owner;
}

}  // namespace

Guard::Guard(const Premises& premises, Concerns concerns)
    : premises_(premises),
      concerns_(std::move(concerns)),
      look_(premises),
      posts_{{{RoleId::lan_watch, {"lan", Ground::lan}},
              {RoleId::wan_watch, {"wan", Ground::wan}},
              {RoleId::mgmt_watch, {"mgmt", Ground::mgmt}}}} {}

void Guard::begin() { standing_ = premises_.grounds.owned(); }

void Guard::tick(Instant now, const EditionPtr& in_force) {
  if (!standing_) return;
  if (looked_with_ && looked_with_ != in_force) {  // a publication began: it looks for itself
    look_.cancel();
    looked_with_.reset();
  }
  for (Post& post : posts_) tend(post, now, in_force);
}

void Guard::tend(Post& post, Instant now, const EditionPtr& in_force) {
  if (post.watcher) post.watcher->tick(now);
  if (post.stand == Stand::down && now >= post.start_at) start(post, now);
  if (post.stand == Stand::joining && now >= post.start_at) post.watcher->kill();
  if (!in_force) return;
  if (post.stand == Stand::watching && post.told != in_force->generation) tell_owners(post, *in_force);
  if (!looked_with_ && due(post, now)) look(post, now, in_force);
}

void Guard::start(Post& post, Instant now) {
  post.backoff.born(now);
  post.stand = Stand::joining;
  post.start_at = now + kJoinWithin;
  post.told = {};
  auto running = Running::start(
      premises_, role(post.role), {}, msg::kFromWatcher,
      {[this, &post](ipc::Frame& frame) { hear(post, frame); },
       [this, &post](const sys::Ending& ending, const std::string& words) { end(post, ending, words); }});
  if (!running) return end(post, {sys::Ending::How::exited, 127}, running.error().to_text());
  post.watcher = *std::move(running);
}

void Guard::hear(Post& post, const ipc::Frame& frame) {
  if (static_cast<Msg>(frame.type) == Msg::second_path) return hear_second_path(post, frame);
  if (static_cast<Msg>(frame.type) == Msg::ready) {
    post.watcher->enter(msg::Phase::serving);
    post.stand = Stand::watching;
  }
  // While nobody watched anything may have changed: the first look comes with the first word.
  post.changed_at = std::min(post.changed_at, premises_.clock.now());
}

/// Only the watcher of the segments hears any.
void Guard::hear_second_path(const Post& post, const ipc::Frame& frame) {
  const auto message = decode<msg::SecondPath>(frame.body);
  if (!message || post.role != RoleId::lan_watch) return post.watcher->kill();
  concerns_.second_path(*message);
}

void Guard::end(Post& post, const sys::Ending& ending, const std::string& words) {
  premises_.journal.write(Event(EventId::process_ended)
                              .add(Field::name, role(post.role).name)
                              .add(Field::interface, post.step.part)
                              .add(Field::reason, ending.to_text())
                              .add(Field::detail, words));
  post.watcher.reset();
  post.stand = Stand::down;
  post.start_at = post.backoff.died(premises_.clock.now());
}

void Guard::tell_owners(Post& post, const Edition& edition) {
  msg::Owners owners;
  for (const model::Wiring::Compartment& compartment : edition.wiring.compartments)
    owners.tenants.push_back(owner_of(compartment));
  if (post.role == RoleId::lan_watch) owners.segments = edition.wiring.segments;
  const Result<UniqueFd> sealed = sys::seal(encode(owners), "owners");
  if (!sealed) return;
  post.watcher->tell(Msg::owners, {sealed->get()});
  if (post.role == RoleId::lan_watch) give_ear(post, edition);
  post.told = edition.generation;
}

/// A new one for each configuration: its filter knows the box's addresses.
void Guard::give_ear(const Post& post, const Edition& edition) {
  const Result<UniqueFd> ear = open_ear(premises_.grounds, edition.wiring.segments);
  if (ear) return post.watcher->tell(Msg::ear, {ear->get()});
  premises_.journal.write(Event(EventId::second_path_unwatched).add(Field::detail, ear.error().to_text()));
}

bool Guard::due(const Post& post, Instant now) const {
  const bool changed = post.changed_at != Instant::max() && now >= post.changed_at + kAfterChange;
  return changed || now >= post.look_at || (borrows_anew(post) && now >= post.start_lease_at);
}

bool Guard::borrows_anew(const Post& post) const {
  return post.step.ground == Ground::wan && post.lease != premises_.lease;
}

void Guard::look(Post& post, Instant now, const EditionPtr& in_force) {
  post.changed_at = Instant::max();
  post.look_at = now + kBetweenLooks;
  looked_with_ = in_force;
  // Other rules are loaded, not compared; and what changes with them is no drift.
  const bool anew = borrows_anew(post);
  if (anew) post.start_lease_at = now + kBetweenLeases;
  look_.run(
      {&post.step, 1},
      {.plan = in_force->net_plan.get(), .rules = anew ? NetOrder::Rules::load : NetOrder::Rules::compare},
      [this, &post, anew, lease = premises_.lease](Result<NetSequence::Repaired> outcome) {
        if (outcome) post.lease = lease;  // one that was cut short has changed nothing that we know of
        conclude(post, anew, std::move(outcome));
      });
}

void Guard::conclude(Post& post, bool changed_by_us, Result<NetSequence::Repaired> outcome) {
  looked_with_.reset();
  if (outcome) {
    failures_ = 0;
    post.looked_at = premises_.clock.now();
    if (changed_by_us) outcome->now.clear();
    post.repaired = outcome->now.size();
    return record(post, *std::move(outcome));
  }
  premises_.journal.write(Event(EventId::network_not_held)
                              .add(Field::interface, post.step.part)
                              .add(Field::count, std::uint64_t{failures_ + 1})
                              .add(Field::detail, outcome.error().to_text()));
  post.look_at = post.start_lease_at = premises_.clock.now() + kAgain;
  if (++failures_ == kMostFailures) concerns_.not_held(outcome.error());
}

void Guard::record(Post& post, NetSequence::Repaired found) {
  if (!found.now.empty()) post.drift.add(*post.looked_at);
  for (const std::string& difference : found.now)
    premises_.journal.write(Event(EventId::network_drifted).add(Field::detail, difference));
  for (const std::string& difference : found.left)
    if (std::find(post.left.begin(), post.left.end(), difference) == post.left.end())
      premises_.journal.write(Event(EventId::network_differs).add(Field::detail, difference));
  post.left = std::move(found.left);
}

void Guard::stop() {
  standing_ = false;
  look_.cancel();
  for (Post& post : posts_) post.watcher.reset();
}

std::vector<ipc::op::ProcessState> Guard::states() const {
  std::vector<ipc::op::ProcessState> out;
  if (!standing_) return out;
  for (const Post& post : posts_)
    out.push_back({std::string(role(post.role).name) + "-" + post.step.part,
                   {},
                   post.watcher ? static_cast<std::uint32_t>(post.watcher->pid()) : 0,
                   post.backoff.deaths(),
                   post.stand == Stand::watching});
  return out;
}

std::vector<ipc::op::DriftState> Guard::drifts() const {
  std::vector<ipc::op::DriftState> out;
  for (const Post& post : posts_)
    if (const auto lately = post.drift.lately(premises_.clock.now()); lately != 0)
      out.push_back({post.step.part, lately});
  return out;
}

std::vector<Looked> Guard::looks() const {
  std::vector<Looked> out;
  for (const Post& post : posts_)
    out.push_back({post.step.part, post.looked_at, post.repaired, post.left.size()});
  return out;
}

}  // namespace gw::supervisor
