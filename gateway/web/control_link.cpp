#include "web/control_link.h"

#include "base/codec.h"
#include "sys/sealed.h"

namespace gw::web {

namespace msg = ipc::compartment;

ControlLink::ControlLink(sys::Reactor& reactor, FlooredClock& clock, ipc::RecordSink& records,
                         ipc::Channel channel)
    : clock_(clock),
      link_(reactor, std::move(channel), msg::kToWeb, [this](ipc::Frame& frame) { return take(frame); }),
      keys_(reactor),
      line_(reactor),
      records_(records, clock),
      service_(line_, records_, clock),
      server_(reactor, {},
              {[this](const https::Exchange& exchange) { return service_.serve(exchange); },
               [](const model::Endpoint&) { return true; },
               [this](const model::Endpoint& source, const std::string& why) {
                 records_.no_session(source, why);
               },
               unreadable, takes_documents}) {}

Result<> ControlLink::start() {
  keys_.start();
  line_.start();
  return link_.start();
}

void ControlLink::tick() {
  records_.tick();
  if (line_.is_connected() || is_draining_) return;
  // One that does not get through is sent again at the next tick.
  static_cast<void>(link_.channel().send(ipc::type_number(Msg::wants_controld), 0, {}));
}

Result<> ControlLink::take(ipc::Frame& frame) {
  static constexpr ipc::Duty<ControlLink> kDuties[] = {
      {Msg::web_table, &ControlLink::stage_table},  {Msg::listener, &ControlLink::stage_listener},
      {Msg::prepare, &ControlLink::prepare},        {Msg::commit, &ControlLink::commit},
      {Msg::abandon, &ControlLink::abandon},        {Msg::keys, &ControlLink::meet_keys},
      {Msg::controld, &ControlLink::meet_controld}, {Msg::cut_off, &ControlLink::hear_of_cuts},
      {Msg::earliest, &ControlLink::raise_clock},   {Msg::drain, &ControlLink::drain},
  };
  return ipc::do_duty(kDuties, *this, frame);
}

ControlLink::Staged& ControlLink::staged(model::Generation generation) {
  if (!staged_ || staged_->generation != generation) staged_ = Staged{.generation = generation};
  return *staged_;
}

Result<> ControlLink::stage_table(ipc::Frame& frame) {
  GW_TRY(const auto message, decode<msg::Staged>(frame.body));
  GW_TRY(const auto bytes, sys::read_sealed(frame.fds.front().get(), model::kMostWebTable));
  GW_TRY(staged(message.generation).table, decode<model::WebTable>(bytes));
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
  if (!now.table || !now.listener)
    return Error{ErrorCode::channel_out_of_phase, "prepare before table and listener"};
  const auto key_of = [&](model::KeyId key) -> tls::OwnKey {
    return keys_.key(message.generation, key, model::TlsRole::terminal_side);
  };
  auto edition = edition_of(*std::move(now.table), key_of, clock_);
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
  service_.use(now.edition);
  GW_TRY(server_.serve(now.edition->context, now.endpoint, std::move(now.listener)));
  return link_.answer(Msg::adopted, msg::Adopted{message.generation, 0, 0});
}

Result<> ControlLink::abandon(ipc::Frame&) {
  staged_.reset();
  return Done{};
}

Result<> ControlLink::meet_keys(ipc::Frame& frame) { return keys_.connect(std::move(frame.fds.front())); }
Result<> ControlLink::meet_controld(ipc::Frame& frame) { return line_.connect(std::move(frame.fds.front())); }

/// Administrators are cut off by nobody: who is disabled, controld knows.
Result<> ControlLink::hear_of_cuts(ipc::Frame&) { return Done{}; }

Result<> ControlLink::raise_clock(ipc::Frame& frame) {
  GW_TRY(const auto earliest, decode<msg::Earliest>(frame.body));
  clock_.not_before(CivilTime(earliest.civil));
  return Done{};
}

Result<> ControlLink::drain(ipc::Frame&) {
  is_draining_ = true;
  server_.stop();
  return Done{};
}

}  // namespace gw::web
