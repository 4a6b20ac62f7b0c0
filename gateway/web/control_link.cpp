#include "web/control_link.h"

namespace gw::web {

ControlLink::ControlLink(sys::Reactor& reactor, FlooredClock& clock, ipc::RecordSink& records,
                         ipc::Channel channel)
    : Link(reactor, clock, std::move(channel), ipc::compartment::kToWeb, model::kMostWebTable,
           {[this](const https::Exchange& exchange) { return service_.serve(exchange); },
            [](const model::Endpoint&) { return true; },
            [this](const model::Endpoint& source, const std::string& why) {
              records_.no_session(source, why);
            },
            unreadable, takes_documents}),
      clock_(clock),
      line_(reactor),
      records_(records, clock, {EventId::web_refused, EventId::web_shunned, EventId::web_folded, 30}),
      service_(line_, records_, clock) {}

Result<> ControlLink::start() {
  line_.start();
  return Link::start();
}

void ControlLink::tick() {
  records_.tick();
  if (line_.is_connected() || is_draining()) return;
  // One that does not get through is sent again at the next tick.
  static_cast<void>(channel().send(ipc::type_number(Msg::wants_controld), 0, {}));
}

Result<> ControlLink::take(ipc::Frame& frame) {
  static constexpr ipc::Duty<ControlLink> kDuties[] = {
      {Msg::web_table, &ControlLink::stage_part},   {Msg::listener, &ControlLink::stage_listener},
      {Msg::prepare, &ControlLink::prepare},        {Msg::commit, &ControlLink::commit},
      {Msg::abandon, &ControlLink::abandon},        {Msg::keys, &ControlLink::meet_keys},
      {Msg::controld, &ControlLink::meet_controld}, {Msg::cut_off, &ControlLink::hear_of_cuts},
      {Msg::earliest, &ControlLink::raise_clock},   {Msg::drain, &ControlLink::drain},
  };
  return ipc::do_duty(kDuties, *this, frame);
}

Result<EditionPtr> ControlLink::make_ready(Bytes part, const KeyOf& key_of) {
  GW_TRY(auto table, decode<model::WebTable>(part));
  return edition_of(std::move(table), key_of, clock_);
}

Result<> ControlLink::meet_controld(ipc::Frame& frame) { return line_.connect(std::move(frame.fds.front())); }

/// Administrators are cut off by nobody: who is disabled, controld knows.
Result<> ControlLink::hear_of_cuts(ipc::Frame&) { return Done{}; }

}  // namespace gw::web
