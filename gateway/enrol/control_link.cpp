#include "enrol/control_link.h"

namespace gw::enrol {

ControlLink::ControlLink(sys::Reactor& reactor, FlooredClock& clock, ipc::RecordSink& records,
                         ipc::Channel channel)
    : Link(reactor, clock, std::move(channel), ipc::compartment::kToEnroller, model::kMostSnapshot,
           {[this](const https::Exchange& exchange) { return desk_.serve(exchange); },
            [this](const model::Endpoint& source) { return desk_.admits(source); },
            [this](const model::Endpoint& source, const std::string& why) {
              records_.no_session(source, why);
            }}),
      clock_(clock),
      authority_(reactor, this->channel()),
      records_(records, clock,
               {EventId::enrolment_refused, EventId::enrolment_shunned, EventId::enrolments_folded, 60}),
      desk_(authority_, records_, clock) {}

Result<> ControlLink::take(ipc::Frame& frame) {
  static constexpr ipc::Duty<ControlLink> kDuties[] = {
      {Msg::snapshot, &ControlLink::stage_part},
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

Result<ControlLink::EditionPtr> ControlLink::make_ready(Bytes part, const KeyOf& key_of) {
  GW_TRY(auto snapshot, model::Snapshot::decode(part));
  return edition_of(std::move(snapshot), key_of, clock_);
}

Result<> ControlLink::cut(ipc::Frame& frame) {
  GW_TRY(auto cut_off, decode<model::CutOff>(frame.body));
  desk_.cut(std::move(cut_off));
  server().turn_out();
  return Done{};
}

Result<> ControlLink::hear_authority(ipc::Frame& frame) { return authority_.take(frame); }

}  // namespace gw::enrol
