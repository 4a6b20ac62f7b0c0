#include "seat.h"

#include "base/codec.h"
#include "base/secret.h"
#include "model/management.h"
#include "model/operations_centre.h"

namespace gw::supervisor {
namespace {

namespace msg = ipc::compartment;
using msg::Msg;

constexpr std::chrono::seconds kJoinWithin{20};

}  // namespace

bool has_part_for(const Edition& edition, const Owner& owner) {
  if (owner.tenant == model::kNocTenant) return edition.wiring.noc.has_value();
  if (owner.tenant) {
    const model::Wiring::Compartment* part = edition.find(*owner.tenant, owner.name);
    return part != nullptr && (!owner.own || part->enrolment);
  }
  if (owner.own == RoleId::webd) return edition.wiring.management.has_value();
  return owner.own == RoleId::keyd || edition.name_table;
}

Seat::Seat(const Premises& premises, KeyPlaces& key_places, RoleId role, Owner owner, Listener listener)
    : premises_(premises),
      key_places_(key_places),
      role_(role),
      owner_(std::move(owner)),
      listener_(std::move(listener)) {}

std::string Seat::title() const {
  return supervisor::role(role_).name + (owner_.tenant ? " of " + owner_.name : std::string());
}

std::string Seat::key_owner() const {
  if (role_ == RoleId::webd) return model::kManagementOwner;
  return role_ == RoleId::enrold ? model::enrolment_owner(owner_.name) : owner_.name;
}

std::string Seat::complaint() const { return title() + ": " + complaint_; }

void Seat::tick(Instant now) {
  if (running_) running_->tick(now);
  if ((state_ != State::down && state_ != State::joining) || now < due_) return;
  if (state_ == State::down) return start(now);
  complaint_ = "did not join in time";
  kill();
}

void Seat::start(Instant now) {
  backoff_.born(now);
  state_ = State::joining;
  due_ = now + kJoinWithin;
  Result<std::unique_ptr<Running>> running = run();
  if (!running) return end({sys::Ending::How::exited, 127}, running.error().to_text());
  running_ = *std::move(running);
  premises_.journal.write(Event(EventId::process_started)
                              .add(Field::name, supervisor::role(role_).name)
                              .add(Field::pid, std::uint64_t{pid()}),
                          "supervisor", owner_.name);
}

Result<std::unique_ptr<Running>> Seat::run() {
  Order order{.tenant = owner_.tenant.value_or(model::TenantId{}), .tenant_name = owner_.name};
  KeyPlaces::Handed handed;
  if (role_ == RoleId::keyd) {
    GW_TRY(handed, key_places_.open());
    order.inputs = handed.placed();
  }
  return Running::start(
      premises_, supervisor::role(role_), std::move(order), msg::kFromCompartment,
      {[this](ipc::Frame& frame) { hear(frame); },
       [this](const sys::Ending& ending, const std::string& words) { end(ending, words); }});
}

void Seat::end(const sys::Ending& ending, const std::string& words) {
  complaint_ = "ended with " + ending.to_text() + (words.empty() ? "" : ": " + words);
  const bool told_to = state_ == State::leaving;
  premises_.journal.write(Event(told_to ? EventId::process_stopped : EventId::process_ended)
                              .add(Field::name, supervisor::role(role_).name)
                              .add(Field::pid, std::uint64_t{pid()})
                              .add(Field::status, static_cast<std::uint64_t>(ending.number))
                              .add(Field::reason, ending.to_text())
                              .add(Field::detail, words),
                          "supervisor", owner_.name);
  running_.reset();
  state_ = told_to ? State::left : State::down;
  due_ = backoff_.died(premises_.clock.now());
  listener_(*this, SeatNews::ended);
  staged_ = prepared_ = committed_ = {};
  adoption_ = {};
  question_.reset();
}

void Seat::hear(ipc::Frame& frame) {
  if (!understand(frame)) kill();
}

bool Seat::understand(const ipc::Frame& frame) {
  switch (static_cast<Msg>(frame.type)) {
    case Msg::ready:
      running_->enter(msg::Phase::serving);
      state_ = State::ready;
      tell_earliest();
      if (supervisor::role(role_).judges_peers) running_->tell(Msg::cut_off, cut_off_);
      listener_(*this, SeatNews::ready);
      return true;
    case Msg::prepared: {
      const Result<msg::Staged> said = decode<msg::Staged>(frame.body);
      if (!said) return false;
      prepared_ = said->generation;
      if (prepared_ == staged_) listener_(*this, SeatNews::prepared);
      return true;
    }
    case Msg::refused: {
      const Result<msg::Refused> said = decode<msg::Refused>(frame.body);
      if (!said) return false;
      complaint_ = Error{said->code, said->detail}.to_text();
      if (said->generation == staged_) listener_(*this, SeatNews::refused);
      return true;
    }
    case Msg::adopted: {
      const Result<msg::Adopted> said = decode<msg::Adopted>(frame.body);
      if (!said || said->generation > committed_) return false;
      adoption_ = *said;
      listener_(*this, SeatNews::adopted);
      return true;
    }
    case Msg::misused: {
      Result<msg::Misused> said = decode<msg::Misused>(frame.body);
      if (!said || role_ != RoleId::keyd) return false;
      misuse_ = *std::move(said);
      listener_(*this, SeatNews::misused);
      return true;
    }
    case Msg::enrol:
      return take_question(frame);
    case Msg::wants_controld:
      if (role_ != RoleId::webd) return false;
      listener_(*this, SeatNews::wants_controld);
      return true;
    case Msg::sessions:
    case Msg::ended:
    case Msg::rehearsed:
    case Msg::service_tried:
      return take_report(frame);
    default:
      return false;
  }
}

/// One at a time, by an enrold.
bool Seat::take_report(const ipc::Frame& frame) {
  if (role_ != RoleId::proxyd) return false;
  report_ = &frame;
  listener_(*this, SeatNews::reports);
  report_ = nullptr;
  return true;
}

void Seat::inquire(Msg question, std::vector<std::uint8_t> body, std::vector<int> fds) {
  if (running_ && state_ == State::ready) running_->send(ipc::type_number(question), body, std::move(fds));
}

bool Seat::take_question(const ipc::Frame& frame) {
  Result<msg::Enrol> said = decode<msg::Enrol>(frame.body);
  if (!said || role_ != RoleId::enrold || question_) return false;
  question_ = *std::move(said);
  listener_(*this, SeatNews::asks);
  if (question_) wipe(question_->proof.data(), question_->proof.size());  // it may be a ticket
  return true;
}

void Seat::answer(const Result<UniqueFd>& product) {
  if (!running_ || !question_) return;
  question_.reset();
  if (product) return running_->tell(Msg::enrolled, {product->get()});
  running_->tell(Msg::not_enrolled,
                 msg::NotEnrolled{product.error().code, product.error().detail.substr(0, 512)});
}

void Seat::stage(const Edition& edition, const Listeners& listeners) {
  abandon();
  staged_ = edition.generation;
  switch (role_) {
    case RoleId::proxyd:
      stage_proxy(edition, listeners);
      break;
    case RoleId::enrold:
      stage_enroller(edition, listeners);
      break;
    case RoleId::dialerd:
      stage_dialer(edition);
      break;
    case RoleId::namesd:
      stage_names(edition, listeners);
      break;
    case RoleId::keyd:
      stage_keys(edition);
      break;
    case RoleId::webd:
      stage_web(edition, listeners);
      break;
    default:
      GW_CHECK(false, "a seat of a role that is given no edition");
  }
  running_->tell(Msg::prepare, msg::Staged{staged_});
}

void Seat::stage_proxy(const Edition& edition, const Listeners& listeners) {
  const model::Wiring::Compartment* const part = edition.find(*owner_.tenant, owner_.name);
  GW_CHECK(part != nullptr, "only compartments of the edition are given a part of it");
  running_->tell(Msg::snapshot, msg::Staged{staged_}, {edition.snapshots.at(part->tenant).get()});
  for (const model::Wiring::Listening& listening : part->listeners)
    running_->tell(Msg::listener, msg::StagedListener{staged_, listening.listener, listening.endpoint},
                   {listeners.find({owner_.name, listening.endpoint, Transport::tcp})});
}

void Seat::stage_enroller(const Edition& edition, const Listeners& listeners) {
  const model::Wiring::Compartment* const part = edition.find(*owner_.tenant, owner_.name);
  GW_CHECK(part != nullptr && part->enrolment, "only an enrold of the edition is given a part of it");
  const model::Wiring::Listening& listening = part->enrolment->listening;
  running_->tell(Msg::snapshot, msg::Staged{staged_}, {edition.enrolments.at(part->tenant).get()});
  running_->tell(Msg::listener, msg::StagedListener{staged_, listening.listener, listening.endpoint},
                 {listeners.find({owner_.name, listening.endpoint, Transport::tcp})});
}

void Seat::stage_dialer(const Edition& edition) {
  running_->tell(Msg::dial_table, msg::Staged{staged_}, {edition.dial_tables.at(*owner_.tenant).get()});
}

void Seat::stage_keys(const Edition& edition) {
  running_->tell(Msg::key_ring, msg::Staged{staged_}, {edition.key_ring.get()});
}

void Seat::stage_web(const Edition& edition, const Listeners& listeners) {
  const model::Endpoint& listener = edition.wiring.management->listener;
  running_->tell(Msg::web_table, msg::Staged{staged_}, {edition.web_table.get()});
  running_->tell(Msg::listener, msg::StagedListener{staged_, {}, listener},
                 {listeners.find({model::kManagementOwner, listener, Transport::tcp})});
}

void Seat::stage_names(const Edition& edition, const Listeners& listeners) {
  running_->tell(Msg::name_table, msg::Staged{staged_}, {edition.name_table.get()});
  for (const model::IpAddress& address : edition.wiring.names)
    for (const Transport transport : {Transport::udp, Transport::tcp})
      running_->tell(Msg::name_socket, msg::StagedSocket{staged_, transport, address},
                     {listeners.find({owner_.name, {address, model::kNamePort}, transport})});
}

void Seat::commit() {
  if (!running_) return;
  committed_ = staged_;
  running_->tell(Msg::commit, msg::Staged{staged_});
}

void Seat::cut_off(model::CutOff cut_off) {
  cut_off_ = std::move(cut_off);
  if (state_ == State::ready && supervisor::role(role_).judges_peers) running_->tell(Msg::cut_off, cut_off_);
}

void Seat::tell_earliest() {
  const bool wants_it = supervisor::role(role_).judges_peers || role_ == RoleId::keyd;
  if (state_ != State::ready || !wants_it) return;
  const auto earliest = premises_.clock_watch.earliest().time_since_epoch();
  running_->tell(Msg::earliest, msg::Earliest{std::chrono::floor<std::chrono::milliseconds>(earliest)});
}

void Seat::abandon() {
  if (!running_ || staged_ == committed_) return;
  running_->tell(Msg::abandon, msg::Staged{staged_});
  staged_ = prepared_ = committed_;
}

void Seat::join(int peer) { running_->tell(Msg::peer, {peer}); }

void Seat::give_keys(int channel) { running_->tell(Msg::keys, {channel}); }

void Seat::give_controld(int channel) { running_->tell(Msg::controld, {channel}); }

void Seat::give_proxy(const std::string& key_owner, int channel) {
  running_->tell(Msg::proxy, msg::Proxy{key_owner}, {channel});
}

void Seat::give_guest(int channel) { running_->tell(Msg::guest, {channel}); }

void Seat::give_work(const msg::KeyWork& trade, int channel) {
  running_->tell(Msg::key_work, trade, {channel});
}

void Seat::leave() {
  const bool can_be_asked = state_ == State::ready;
  state_ = running_ ? State::leaving : State::left;
  if (can_be_asked)
    running_->tell(Msg::drain);
  else
    kill();
}

void Seat::kill_at_once() {
  if (running_) running_->kill_at_once();
}

void Seat::kill() {
  if (running_) running_->kill();
}

}  // namespace gw::supervisor
