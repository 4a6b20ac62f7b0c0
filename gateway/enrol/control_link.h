#pragma once

#include "enrol/desk.h"
#include "front/link.h"

namespace gw::enrol {

/// The enroller's end of its channel to the supervisor.
class ControlLink final : public front::Link<Edition> {
 public:
  /// `clock` is the reactor's own. All outlive it.
  ControlLink(sys::Reactor& reactor, FlooredClock& clock, ipc::RecordSink& records, ipc::Channel channel);

  /// Once a second or so.
  void tick() { records_.tick(); }

 private:
  Result<> take(ipc::Frame& frame) override;
  Result<EditionPtr> make_ready(Bytes part, const KeyOf& key_of) override;
  void put_in_force(EditionPtr edition) override { desk_.use(std::move(edition)); }
  Result<> cut(ipc::Frame& frame);
  Result<> hear_authority(ipc::Frame& frame);

  const Clock& clock_;
  AuthorityLine authority_;
  front::Records records_;
  Desk desk_;
};

}  // namespace gw::enrol
