#include "compartments.h"

#include <algorithm>

#include "model/operations_centre.h"

namespace gw::supervisor {
namespace {

constexpr std::chrono::seconds kDrain{5};

std::pair<std::optional<model::TenantId>, std::optional<RoleId>> place_of(const Owner& owner) {
  return {owner.tenant, owner.own};
}

}  // namespace

template <class Act>
void Compartments::for_each(Act act) const {
  for (const auto& [place, home] : homes_)
    for (const auto& seat : home.seats) act(*seat);
}

template <class Test>
bool Compartments::all(Test test) const {
  bool holds = true;
  for_each([&](const Seat& seat) { holds = holds && test(seat); });
  return holds;
}

Compartments::Compartments(const Premises& premises, KeyPlaces& key_places, const Listeners& listeners,
                           Ears ears)
    : premises_(premises), key_places_(key_places), listeners_(listeners), ears_(std::move(ears)) {}

void Compartments::follow(const Edition& edition) {
  move_in({.own = RoleId::keyd}, {RoleId::keyd});
  for (const model::Wiring::Compartment& wanted : edition.wiring.compartments) {
    move_in({.tenant = wanted.tenant, .name = wanted.name}, {RoleId::proxyd, RoleId::dialerd});
    if (wanted.enrolment)
      move_in({.tenant = wanted.tenant, .name = wanted.name, .own = RoleId::enrold}, {RoleId::enrold});
  }
  if (edition.wiring.noc) move_in({.tenant = model::kNocTenant, .name = model::kNocOwner}, {RoleId::dialerd});
  if (edition.name_table) move_in({.own = RoleId::namesd}, {RoleId::namesd});
  if (edition.wiring.management) move_in({.own = RoleId::webd}, {RoleId::webd});
  for_each([now = premises_.clock.now()](Seat& seat) { seat.tick(now); });
}

void Compartments::move_in(const Owner& owner, std::initializer_list<RoleId> roles) {
  const auto found = homes_.find(place_of(owner));
  if (found != homes_.end() && found->second.owner == owner) return;
  if (found != homes_.end()) {
    for (const auto& seat : found->second.seats) seat->kill_at_once();
    retire(std::move(found->second), premises_.clock.now());
    homes_.erase(found);
  }
  Home home{owner};
  for (const RoleId role : roles) {
    home.seats.push_back(std::make_unique<Seat>(premises_, key_places_, role, owner,
                                                [this](Seat& seat, SeatNews news) { hear(seat, news); }));
    home.seats.back()->cut_off(cut_off_of(owner.name));
  }
  homes_.emplace(place_of(owner), std::move(home));
}

void Compartments::retire(Home home, Instant until) {
  for (const auto& seat : home.seats) seat->leave();
  leaving_.push_back({std::move(home), until});
}

/// Drains whoever the edition has no place for; all of them if there is none.
void Compartments::retire_others(const Edition* edition, Instant now) {
  for (auto it = homes_.begin(); it != homes_.end();) {
    if (edition != nullptr && has_part_for(*edition, it->second.owner)) {
      ++it;
      continue;
    }
    retire(std::move(it->second), now + kDrain);
    it = homes_.erase(it);
  }
}

void Compartments::prepare(EditionPtr edition) {
  pending_ = std::move(edition);
  follow(*pending_);
  for_each([this](Seat& seat) { tend(seat); });
}

bool Compartments::has_prepared(const Seat& seat) const {
  return !has_part_for(*pending_, seat.owner()) || seat.prepared() == pending_->generation;
}

bool Compartments::all_prepared() const {
  return pending_ && all([this](const Seat& seat) { return has_prepared(seat); });
}

std::string Compartments::unprepared() const {
  std::string names;
  for_each([&](const Seat& seat) {
    if (has_prepared(seat)) return;
    names += names.empty() ? "no answer from " : ", ";
    names += seat.title();
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
  const auto home = homes_.find(place_of(seat.owner()));
  const auto is_it = [&](const auto& other) { return other.get() == &seat; };
  if (home == homes_.end() || std::none_of(home->second.seats.begin(), home->second.seats.end(), is_it))
    return;
  const bool pending = pending_ && seat.staged() == pending_->generation;
  switch (news) {
    case SeatNews::ready:
      join(seat);
      if (role(seat.role()).judges_peers) give_keys(seat);
      tend(seat);
      break;
    case SeatNews::prepared:
      if (seat.role() == RoleId::keyd) open_keys(seat);
      if (current_ && seat.staged() == current_->generation) seat.commit();
      break;
    case SeatNews::adopted:
      tend(seat);
      break;
    case SeatNews::asks:
      return pass_on_question(seat);
    case SeatNews::wants_controld:
      return give_controld(seat);
    case SeatNews::reports:
      return ears_.reported(seat.owner().name, seat.report());
    case SeatNews::misused:
      end_misuse(seat.misuse());
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

/// Gives a seat the edition it should be on, if it has not been given it: whoever comes up while a
/// publication is under way first serves what is in force.
void Compartments::tend(Seat& seat) {
  const bool is_behind =
      current_ && has_part_for(*current_, seat.owner()) && seat.adopted() != current_->generation;
  const EditionPtr& edition = is_behind ? current_ : target();
  if (!edition || seat.state() != Seat::State::ready || seat.staged() == edition->generation) return;
  if (has_part_for(*edition, seat.owner())) seat.stage(*edition, listeners_);
}

/// Whoever of a pair comes up second gets both a fresh channel.
void Compartments::join(Seat& seat) {
  const std::optional<RoleId> wanted = role(seat.role()).peer;
  for (const auto& peer : homes_.at(place_of(seat.owner())).seats) {
    if (peer->role() != wanted || peer->state() != Seat::State::ready) continue;
    const auto ends = ipc::Channel::pair();
    if (!ends) return seat.kill();
    seat.join(ends->first.fd());
    peer->join(ends->second.fd());
  }
}

/// Whoever asked may have ended when there is an answer.
void Compartments::pass_on_question(const Seat& enrold) {
  const Ears::Answer answer = [this, pid = enrold.pid()](const Result<UniqueFd>& product) {
    const auto tell = [&](Seat& seat) {
      if (seat.role() == RoleId::enrold && seat.pid() == pid) seat.answer(product);
    };
    for_each(tell);
    for (const Leaving& leaving : leaving_)
      for (const auto& seat : leaving.home.seats) tell(*seat);
  };
  ears_.enrol(enrold.owner().name, enrold.question(), answer);
}

/// While there is none it hears nothing, and asks again.
void Compartments::give_controld(Seat& webd) {
  const Result<UniqueFd> channel = ears_.controld();
  if (channel) webd.give_controld(channel->get());
}

/// keyd has its keys: from now on it is asked. One that was started again is given everybody anew.
void Compartments::open_keys(Seat& keyd) {
  if (keyd_pid_ == keyd.pid()) return;
  keyd_pid_ = keyd.pid();
  for_each([this](Seat& seat) {
    if (role(seat.role()).judges_peers && seat.state() == Seat::State::ready) give_keys(seat);
  });
}

/// keyd knows whoever asks by the channel it was given for that owner of keys.
void Compartments::give_keys(Seat& judge) {
  for_each([&](Seat& keyd) {
    if (keyd.role() != RoleId::keyd || keyd.state() != Seat::State::ready || keyd.pid() != keyd_pid_) return;
    const auto ends = ipc::Channel::pair();
    if (!ends) return judge.kill();
    keyd.give_proxy(judge.key_owner(), ends->first.fd());
    judge.give_keys(ends->second.fd());
  });
}

/// Whoever asks keyd for what it must not ask for may be in a stranger's hands. A one-shot has lost its
/// channel and comes to nothing by itself.
void Compartments::end_misuse(const ipc::compartment::Misused& misuse) {
  const std::string tenant = misuse.owner.substr(0, misuse.owner.find('/'));  // of "karte/enrolment"
  premises_.journal.write(Event(EventId::key_misused).add(Field::detail, misuse.why), "keyd", tenant);
  if (misuse.asker != ipc::compartment::Asker::proxy) return;
  for_each([&](Seat& seat) {
    if (role(seat.role()).judges_peers && seat.key_owner() == misuse.owner) seat.kill();
  });
}

Result<ipc::Channel> Compartments::dial_as_guest(const std::string& tenant) {
  GW_TRY(auto ends, ipc::Channel::pair());
  bool given = false;
  for_each([&](Seat& seat) {
    if (seat.role() != RoleId::dialerd || seat.owner().name != tenant || seat.state() != Seat::State::ready)
      return;
    seat.give_guest(ends.first.fd());
    given = true;
  });
  if (!given) return Error{ErrorCode::est_unreachable, "the dialer of " + tenant + " is not ready"};
  return std::move(ends.second);
}

Result<ipc::Channel> Compartments::sign_as(const std::string& owner) {
  GW_TRY(auto ends, ipc::Channel::pair());
  bool given = false;
  for_each([&](Seat& seat) {
    if (seat.role() != RoleId::keyd || seat.state() != Seat::State::ready || seat.pid() != keyd_pid_) return;
    seat.give_proxy(owner, ends.first.fd());
    given = true;
  });
  if (!given) return Error{ErrorCode::key_unavailable, "keyd is not ready"};
  return std::move(ends.second);
}

Result<ipc::Channel> Compartments::work_with_keys(const ipc::compartment::KeyWork& trade) {
  GW_TRY(auto ends, ipc::Channel::pair());
  bool given = false;
  for_each([&](Seat& seat) {
    if (seat.role() != RoleId::keyd || seat.state() != Seat::State::ready) return;
    seat.give_work(trade, ends.first.fd());
    given = true;
  });
  if (!given) return Error{ErrorCode::key_unavailable, "keyd is not ready"};
  return std::move(ends.second);
}

std::map<std::string, model::TenantId> Compartments::proxies() const {
  std::map<std::string, model::TenantId> out;
  for_each([&](const Seat& seat) {
    if (seat.role() == RoleId::proxyd && seat.state() == Seat::State::ready)
      out.emplace(seat.owner().name, *seat.owner().tenant);
  });
  return out;
}

void Compartments::inquire(const std::string& tenant, ipc::compartment::Msg question,
                           const std::vector<std::uint8_t>& body, const std::vector<int>& fds) {
  for_each([&](Seat& seat) {
    if (seat.role() == RoleId::proxyd && seat.owner().name == tenant) seat.inquire(question, body, fds);
  });
}

model::CutOff Compartments::cut_off_of(const std::string& tenant) const {
  model::CutOff out = model::cut_off_of(cuts_, tenant);
  out.intake = intake_;
  return out;
}

void Compartments::cut(std::vector<model::Cut> cuts, model::Intake intake) {
  cuts_ = std::move(cuts);
  intake_ = intake;
  const auto tell = [this](const Home& home) {
    for (const auto& seat : home.seats) seat->cut_off(cut_off_of(home.owner.name));
  };
  for (const auto& [place, home] : homes_) tell(home);
  for (const Leaving& leaving : leaving_) tell(leaving.home);
}

void Compartments::tell_earliest() {
  for_each([](Seat& seat) { seat.tell_earliest(); });
}

std::uint32_t Compartments::start_judges_anew() {
  std::uint32_t tenants = 0;
  for_each([&tenants](Seat& seat) {
    if (!role(seat.role()).judges_peers && seat.role() != RoleId::keyd) return;
    if (seat.role() == RoleId::proxyd && seat.pid() != 0) ++tenants;
    seat.kill();
  });
  return tenants;
}

void Compartments::tick(Instant now) {
  key_places_.tick(now);
  for_each([now](Seat& seat) { seat.tick(now); });
  for (const Leaving& leaving : leaving_)
    if (now >= leaving.until)
      for (const auto& seat : leaving.home.seats) seat->kill();
  std::erase_if(leaving_, [](const Leaving& leaving) {
    return std::all_of(leaving.home.seats.begin(), leaving.home.seats.end(),
                       [](const auto& seat) { return seat->state() == Seat::State::left; });
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
  std::vector<ipc::op::ProcessState> out = key_places_.states();
  for_each([&](const Seat& seat) {
    out.push_back({.name = role(seat.role()).name,
                   .tenant = seat.owner().name,
                   .pid = seat.pid(),
                   .restarts = seat.deaths(),
                   .serving = current_ && seat.adopted() == current_->generation});
  });
  return out;
}

}  // namespace gw::supervisor
