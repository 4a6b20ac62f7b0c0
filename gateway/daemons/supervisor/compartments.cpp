#include "compartments.h"

namespace gw::supervisor {
namespace {

constexpr std::chrono::seconds kDrain{5};

}  // namespace

template <class Act>
void Compartments::for_each(Act act) const {
  for (const auto& [tenant, pair] : pairs_) {
    act(*pair.proxy);
    act(*pair.dialer);
  }
}

template <class Test>
bool Compartments::all(Test test) const {
  bool holds = true;
  for_each([&](const Seat& seat) { holds = holds && test(seat); });
  return holds;
}

Compartments::Compartments(const Premises& premises, const Listeners& listeners, Ears ears)
    : premises_(premises), listeners_(listeners), ears_(std::move(ears)) {}

void Compartments::follow(const Edition& edition) {
  const Instant now = premises_.clock.now();
  for (const model::Wiring::Compartment& wanted : edition.wiring.compartments) {
    const auto found = pairs_.find(wanted.tenant);
    if (found != pairs_.end() && found->second.name == wanted.name) continue;
    if (found != pairs_.end()) {
      found->second.proxy->kill_at_once();
      found->second.dialer->kill_at_once();
      retire(std::move(found->second), now);
      pairs_.erase(found);
    }
    const auto make = [&](RoleId role) {
      return std::make_unique<Seat>(premises_, role, wanted.tenant, wanted.name,
                                    [this](Seat& seat, SeatNews news) { hear(seat, news); });
    };
    Pair pair{wanted.name, make(RoleId::proxyd), make(RoleId::dialerd)};
    pair.proxy->cut_off(model::cut_off_of(cuts_, wanted.name));
    pairs_.emplace(wanted.tenant, std::move(pair));
  }
  for_each([now](Seat& seat) { seat.tick(now); });
}

void Compartments::retire(Pair pair, Instant until) {
  pair.proxy->leave();
  pair.dialer->leave();
  leaving_.push_back({std::move(pair), until});
}

/// Drains whoever the edition has no place for; all of them if there is none.
void Compartments::retire_others(const Edition* edition, Instant now) {
  for (auto it = pairs_.begin(); it != pairs_.end();) {
    if (edition != nullptr && edition->find(it->first, it->second.name) != nullptr) {
      ++it;
      continue;
    }
    retire(std::move(it->second), now + kDrain);
    it = pairs_.erase(it);
  }
}

void Compartments::prepare(EditionPtr edition) {
  pending_ = std::move(edition);
  follow(*pending_);
  for_each([this](Seat& seat) { tend(seat); });
}

bool Compartments::has_prepared(const Seat& seat) const {
  return pending_->find(seat.tenant(), seat.tenant_name()) == nullptr ||
         seat.prepared() == pending_->generation;
}

bool Compartments::all_prepared() const {
  return pending_ && all([this](const Seat& seat) { return has_prepared(seat); });
}

std::string Compartments::unprepared() const {
  std::string names;
  for_each([&](const Seat& seat) {
    if (has_prepared(seat)) return;
    names += names.empty() ? "no answer from " : ", ";
    names += std::string(role(seat.role()).name) + " of " + seat.tenant_name();
  });
  return names;
}

void Compartments::commit() {
  current_ = std::move(pending_);
  pending_.reset();
  retire_others(current_.get(), premises_.clock.now());
  for_each([](Seat& seat) { seat.commit(); });
}

bool Compartments::all_adopted() const {
  return all([this](const Seat& seat) { return seat.adopted() == current_->generation; });
}

void Compartments::kill_laggards() {
  for_each([this](Seat& seat) {
    if (seat.adopted() != current_->generation) seat.kill();
  });
}

void Compartments::abandon() {
  pending_.reset();
  for_each([](Seat& seat) { seat.abandon(); });
  if (current_) follow(*current_);
  retire_others(current_.get(), premises_.clock.now());
  for_each([this](Seat& seat) { tend(seat); });
}

void Compartments::hear(Seat& seat, SeatNews news) {
  const auto home = pairs_.find(seat.tenant());
  if (home == pairs_.end() || (home->second.proxy.get() != &seat && home->second.dialer.get() != &seat))
    return;
  const bool pending = pending_ && seat.staged() == pending_->generation;
  switch (news) {
    case SeatNews::ready:
      join(seat);
      tend(seat);
      break;
    case SeatNews::prepared:
      if (!pending_ && current_ && seat.staged() == current_->generation) seat.commit();
      break;
    case SeatNews::adopted:
      break;
    case SeatNews::refused:
      if (!pending) seat.kill();  // it refuses what others run on: a fresh start may help
      [[fallthrough]];
    case SeatNews::ended:
      if (pending) return ears_.failed(seat.complaint());
      break;
  }
  ears_.changed();
}

/// Gives a seat the edition it should be on, if it has not been given it.
void Compartments::tend(Seat& seat) {
  const EditionPtr& edition = target();
  if (!edition || seat.state() != Seat::State::ready || seat.staged() == edition->generation) return;
  if (edition->find(seat.tenant(), seat.tenant_name()) != nullptr) seat.stage(*edition, listeners_);
}

/// Whoever of a pair comes up second gets both a fresh channel.
void Compartments::join(Seat& seat) {
  Pair& pair = pairs_.at(seat.tenant());
  if (pair.proxy->state() != Seat::State::ready || pair.dialer->state() != Seat::State::ready) return;
  const auto ends = ipc::Channel::pair();
  if (!ends) return seat.kill();
  pair.proxy->join(ends->first.fd());
  pair.dialer->join(ends->second.fd());
}

void Compartments::cut(std::vector<model::Cut> cuts) {
  cuts_ = std::move(cuts);
  for (const auto& [tenant, pair] : pairs_) pair.proxy->cut_off(model::cut_off_of(cuts_, pair.name));
  for (const Leaving& leaving : leaving_)
    leaving.pair.proxy->cut_off(model::cut_off_of(cuts_, leaving.pair.name));
}

void Compartments::tick(Instant now) {
  for_each([now](Seat& seat) { seat.tick(now); });
  for (Leaving& leaving : leaving_) {
    if (now < leaving.until) continue;
    leaving.pair.proxy->kill();
    leaving.pair.dialer->kill();
  }
  std::erase_if(leaving_, [](const Leaving& leaving) {
    return leaving.pair.proxy->state() == Seat::State::left &&
           leaving.pair.dialer->state() == Seat::State::left;
  });
}

void Compartments::drain(Instant now) {
  pending_.reset();
  current_.reset();
  retire_others(nullptr, now);
}

ipc::compartment::Adopted Compartments::adoption() const {
  ipc::compartment::Adopted sum;
  for_each([&sum](const Seat& seat) {
    sum.sessions_kept += seat.adoption().sessions_kept;
    sum.sessions_closed += seat.adoption().sessions_closed;
  });
  return sum;
}

std::vector<ipc::op::ProcessState> Compartments::states() const {
  std::vector<ipc::op::ProcessState> out;
  for_each([&](const Seat& seat) {
    out.push_back({.name = role(seat.role()).name,
                   .tenant = seat.tenant_name(),
                   .pid = seat.pid(),
                   .restarts = seat.deaths(),
                   .serving = current_ && seat.adopted() == current_->generation});
  });
  return out;
}

}  // namespace gw::supervisor
