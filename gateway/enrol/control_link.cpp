#include "enrol/control_link.h"

#include "base/codec.h"
#include "sys/sealed.h"

namespace gw::enrol {

namespace msg = ipc::compartment;

ControlLink::ControlLink(sys::Reactor& reactor, FlooredClock& clock, ipc::RecordSink& records,
                         ipc::Channel channel)
    : clock_(clock),
      link_(reactor, std::move(channel), msg::kToEnroller, [this](ipc::Frame& frame) { return take(frame); }),
      keys_(reactor),
      authority_(reactor, link_.channel()),
      records_(records, clock),
      desk_(authority_, records_, clock),
      server_(reactor, {},
              {[this](const https::Exchange& exchange) { return desk_.serve(exchange); },
               [this](const model::Endpoint& source) { return desk_.admits(source); },
               [this](const model::Endpoint& source, const std::string& why) {
                 records_.no_session(source, why);
               }}) {}

Result<> ControlLink::start() {
  keys_.start();
  return link_.start();
}

Result<> ControlLink::take(ipc::Frame& frame) {
  static constexpr ipc::Duty<ControlLink> kDuties[] = {
      {Msg::snapshot, &ControlLink::stage_snapshot},
      {Msg::listener, &ControlLink::stage_listener},
      {Msg::prepare, &ControlLink::prepare},
      {Msg::commit, &ControlLink::commit},
      {Msg::abandon, &ControlLink::abandon},
      {Msg::keys, &ControlLink::meet_keys},
      {Msg::cut_off, &ControlLink::cut},
      {Msg::earliest, &ControlLink::raise_clock},
      {Msg::enrolled, &ControlLink::hear_authority},
      {Msg::not_enrolled, &ControlLink::hear_authority},
      {Msg::drain, &ControlLink::drain},
  };
  return ipc::do_duty(kDuties, *this, frame);
}

ControlLink::Staged& ControlLink::staged(model::Generation generation) {
  if (!staged_ || staged_->generation != generation) staged_ = Staged{.generation = generation};
  return *staged_;
}

Result<> ControlLink::stage_snapshot(ipc::Frame& frame) {
  GW_TRY(const auto message, decode<msg::Staged>(frame.body));
  GW_TRY(const auto bytes, sys::read_sealed(frame.fds.front().get(), model::kMostSnapshot));
  GW_TRY(staged(message.generation).snapshot, model::Snapshot::decode(bytes));
  return Done{};
}

Result<> ControlLink::stage_listener(ipc::Frame& frame) {
  GW_TRY(const auto message, decode<msg::StagedListener>(frame.body));
  Staged& into = staged(message.generation);
  into.endpoint = message.endpoint;
  into.listener = std::move(frame.fds.front());
  return Done{};
}

Result<> ControlLink::prepare(ipc::Frame& frame) {
  GW_TRY(const auto message, decode<msg::Staged>(frame.body));
  Staged& now = staged(message.generation);
  if (!now.snapshot || !now.listener)
    return Error{ErrorCode::channel_out_of_phase, "prepare before snapshot and listener"};
  const auto key_of = [&](model::KeyId key) -> tls::OwnKey {
    return keys_.key(message.generation, key, model::TlsRole::terminal_side);
  };
  auto edition = edition_of(now.snapshot, key_of, clock_);
  if (!edition) {
    staged_.reset();
    return link_.refuse(message.generation, edition.error());
  }
  now.edition = *std::move(edition);
  return link_.answer(Msg::prepared, message);
}

Result<> ControlLink::commit(ipc::Frame& frame) {
  GW_TRY(const auto message, decode<msg::Staged>(frame.body));
  if (!staged_ || staged_->generation != message.generation || !staged_->edition)
    return Error{ErrorCode::channel_out_of_phase, "commit of what was not prepared"};
  Staged now = *std::move(staged_);
  staged_.reset();
  desk_.use(now.edition);
  GW_TRY(server_.serve(now.edition->context, now.endpoint, std::move(now.listener)));
  return link_.answer(Msg::adopted, msg::Adopted{message.generation, 0, 0});
}

Result<> ControlLink::abandon(ipc::Frame&) {
  staged_.reset();
  return Done{};
}

Result<> ControlLink::meet_keys(ipc::Frame& frame) { return keys_.connect(std::move(frame.fds.front())); }

Result<> ControlLink::cut(ipc::Frame& frame) {
  GW_TRY(auto cut_off, decode<model::CutOff>(frame.body));
  desk_.cut(std::move(cut_off));
  server_.turn_out();
  return Done{};
}

Result<> ControlLink::raise_clock(ipc::Frame& frame) {
  GW_TRY(const auto earliest, decode<msg::Earliest>(frame.body));
  clock_.not_before(CivilTime(earliest.civil));
  return Done{};
}

Result<> ControlLink::hear_authority(ipc::Frame& frame) { return authority_.take(frame); }

Result<> ControlLink::drain(ipc::Frame&) {
  standing_ = Standing::draining;
  server_.stop();
  return Done{};
}

}  // namespace gw::enrol
