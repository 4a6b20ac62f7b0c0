#pragma once

#include "front/link.h"
#include "web/service.h"

namespace gw::web {

/// webd's end of its channel to the supervisor; asks for a way to controld while it has none.
class ControlLink final : public front::Link<Edition> {
 public:
  /// `clock` is the reactor's own. All outlive it.
  ControlLink(sys::Reactor& reactor, FlooredClock& clock, ipc::RecordSink& records, ipc::Channel channel);

  /// Says ready and begins to listen.
  Result<> start();
  /// Once a second or so.
  void tick();

 private:
  Result<> take(ipc::Frame& frame) override;
  Result<EditionPtr> make_ready(Bytes part, const KeyOf& key_of) override;
  void put_in_force(EditionPtr edition) override { service_.use(std::move(edition)); }
  Result<> meet_controld(ipc::Frame& frame);
  Result<> hear_of_cuts(ipc::Frame& frame);

  const Clock& clock_;
  Line line_;
  front::Records records_;
  Service service_;
};

}  // namespace gw::web
