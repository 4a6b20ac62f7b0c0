#include "proxy/control_link.h"

#include "sys/sealed.h"

namespace gw::proxy {
ControlLink::ControlLink(Worker& worker, FlooredClock& clock, ipc::Channel channel)
    : worker_(worker),
      clock_(clock),
      link_(worker.reactor(), std::move(channel), ipc::compartment::kToProxy,
            [this](ipc::Frame& frame) { return take(frame); }) {}

Result<> ControlLink::start() { return link_.start(); }

Result<> ControlLink::take(ipc::Frame& frame) {
  static constexpr ipc::Duty<ControlLink> kDuties[] = {
      {Msg::snapshot, &ControlLink::stage_snapshot},
      {Msg::listener, &ControlLink::stage_listener},
      {Msg::prepare, &ControlLink::prepare},
      {Msg::commit, &ControlLink::commit},
      {Msg::abandon, &ControlLink::abandon},
      {Msg::peer, &ControlLink::meet_peer},
      {Msg::keys, &ControlLink::meet_keys},
      {Msg::drain, &ControlLink::drain},
      {Msg::cut_off, &ControlLink::cut},
      {Msg::earliest, &ControlLink::raise_clock},
      {Msg::list_sessions, &ControlLink::list_sessions},
      {Msg::end_session, &ControlLink::end_session},
      {Msg::rehearse, &ControlLink::rehearse},
      {Msg::try_services, &ControlLink::try_services},
      {Msg::stop_trying, &ControlLink::stop_trying},
  };
  return ipc::do_duty(kDuties, *this, frame);
}

ControlLink::Staged& ControlLink::staged(model::Generation generation) {
  if (!staged_ || staged_->generation != generation) staged_ = Staged{.generation = generation};
  return *staged_;
}

Result<> ControlLink::stage_snapshot(ipc::Frame& frame) {
  GW_TRY(const auto message, decode<ipc::compartment::Staged>(frame.body));
  GW_TRY(const auto bytes, sys::read_sealed(frame.fds.front().get(), model::kMostSnapshot));
  GW_TRY(staged(message.generation).snapshot, model::Snapshot::decode(bytes));
  return Done{};
}

Result<> ControlLink::stage_listener(ipc::Frame& frame) {
  GW_TRY(const auto message, decode<ipc::compartment::StagedListener>(frame.body));
  staged(message.generation).listeners.push_back({message.endpoint, std::move(frame.fds.front())});
  return Done{};
}

Result<> ControlLink::prepare(ipc::Frame& frame) {
  GW_TRY(const auto message, decode<ipc::compartment::Staged>(frame.body));
  Staged& staged_now = staged(message.generation);
  if (!staged_now.snapshot) return Error{ErrorCode::channel_out_of_phase, "prepare before snapshot"};
  const auto key_of = [&](model::KeyId key, model::TlsRole role) {
    return Result<tls::OwnKey>(worker_.keys().key(message.generation, key, role));
  };
  const auto answers_for = [&](const model::Snapshot& snapshot, const model::Service& service) {
    return worker_.answers().source(snapshot.generation(), service);
  };
  auto edition = Edition::make(staged_now.snapshot, key_of, answers_for, worker_.reactor().clock());
  if (!edition) {
    staged_.reset();
    return link_.refuse(message.generation, edition.error());
  }
  staged_now.edition = *std::move(edition);
  return link_.answer(Msg::prepared, message);
}

Result<> ControlLink::commit(ipc::Frame& frame) {
  GW_TRY(const auto message, decode<ipc::compartment::Staged>(frame.body));
  if (!staged_ || staged_->generation != message.generation || !staged_->edition)
    return Error{ErrorCode::channel_out_of_phase, "commit of what was not prepared"};
  const auto adopted = worker_.adopt(std::move(staged_->edition), std::move(staged_->listeners));
  staged_.reset();
  return link_.answer(Msg::adopted, adopted);
}

Result<> ControlLink::abandon(ipc::Frame&) {
  staged_.reset();
  return Done{};
}

Result<> ControlLink::meet_keys(ipc::Frame& frame) {
  return worker_.keys().connect(std::move(frame.fds.front()));
}

Result<> ControlLink::meet_peer(ipc::Frame& frame) {
  return worker_.dialer().connect(std::move(frame.fds.front()));
}

Result<> ControlLink::cut(ipc::Frame& frame) {
  GW_TRY(auto cut_off, decode<model::CutOff>(frame.body));
  worker_.cut(std::move(cut_off));
  return Done{};
}

Result<> ControlLink::raise_clock(ipc::Frame& frame) {
  GW_TRY(const auto earliest, decode<ipc::compartment::Earliest>(frame.body));
  clock_.not_before(CivilTime(earliest.civil));
  return Done{};
}

Result<> ControlLink::list_sessions(ipc::Frame& frame) {
  GW_TRY(const auto asked, decode<ipc::compartment::ListSessions>(frame.body));
  ipc::compartment::Sessions sessions = worker_.list(asked.behind);
  sessions.question = asked.question;
  return link_.answer(Msg::sessions, sessions);
}

Result<> ControlLink::end_session(ipc::Frame& frame) {
  GW_TRY(const auto asked, decode<ipc::compartment::EndSession>(frame.body));
  return link_.answer(Msg::ended, ipc::compartment::Ended{asked.question, worker_.end(asked.session)});
}

/// Of no octets: the tenant goes.
Result<> ControlLink::rehearse(ipc::Frame& frame) {
  GW_TRY(const auto asked, decode<ipc::compartment::Rehearse>(frame.body));
  GW_TRY(const auto octets, sys::read_sealed(frame.fds.front().get(), model::kMostSnapshot));
  model::SnapshotPtr next;
  if (!octets.empty()) {
    GW_TRY(next, model::Snapshot::decode(octets));
  }
  return link_.answer(Msg::rehearsed,
                      ipc::compartment::Rehearsed{asked.question, worker_.rehearse(next.get())});
}

/// Whoever cannot be answered any more has hung up, which ends this process by itself.
Result<> ControlLink::try_services(ipc::Frame& frame) {
  GW_TRY(const auto asked, decode<ipc::compartment::TryServices>(frame.body));
  const auto tell = [this, question = asked.question](const model::ServiceTrial& trial, bool is_last) {
    (void)link_.answer(Msg::service_tried, ipc::compartment::ServiceTried{question, trial, is_last});
  };
  if (worker_.trials().begin(tell) != 0) return Done{};
  return link_.answer(Msg::service_tried, ipc::compartment::ServiceTried{asked.question, {}, true});
}

Result<> ControlLink::stop_trying(ipc::Frame&) {
  worker_.trials().stop();
  return Done{};
}

Result<> ControlLink::drain(ipc::Frame&) {
  worker_.drain();
  return Done{};
}

}  // namespace gw::proxy
