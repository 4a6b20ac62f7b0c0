#pragma once

#include <optional>

#include "base/floored_clock.h"
#include "enrol/desk.h"
#include "ipc/compartment_link.h"
#include "tls/key_client.h"

namespace gw::enrol {

/// The enroller's end of its channel to the supervisor: collects a generation piece by piece, makes it ready
/// when asked, and puts it in force when told. A broken or closed channel ends the process. One thread.
class ControlLink {
 public:
  /// `clock` is the reactor's own. All outlive it.
  ControlLink(sys::Reactor& reactor, FlooredClock& clock, ipc::RecordSink& records, ipc::Channel channel);

  /// Says ready and begins to listen.
  Result<> start();
  /// Once a second or so.
  void tick() { records_.tick(); }
  /// Told to end, and nobody is served any more.
  bool has_ended() const { return standing_ == Standing::draining && server_.empty(); }

 private:
  using Msg = ipc::compartment::Msg;
  enum class Standing : std::uint8_t { serving, draining };
  struct Staged {
    model::Generation generation{};
    model::SnapshotPtr snapshot{};
    model::Endpoint endpoint{};
    UniqueFd listener{};
    std::shared_ptr<const Edition> edition{};
  };

  Result<> take(ipc::Frame& frame);
  Result<> stage_snapshot(ipc::Frame& frame);
  Result<> stage_listener(ipc::Frame& frame);
  Result<> prepare(ipc::Frame& frame);
  Result<> commit(ipc::Frame& frame);
  Result<> abandon(ipc::Frame& frame);
  Result<> meet_keys(ipc::Frame& frame);
  Result<> cut(ipc::Frame& frame);
  Result<> raise_clock(ipc::Frame& frame);
  Result<> hear_authority(ipc::Frame& frame);
  Result<> drain(ipc::Frame& frame);
  Staged& staged(model::Generation generation);

  FlooredClock& clock_;
  ipc::CompartmentLink link_;
  tls::KeyClient keys_;
  AuthorityLine authority_;
  Records records_;
  Desk desk_;
  https::Server server_;
  std::optional<Staged> staged_;
  Standing standing_ = Standing::serving;
};

}  // namespace gw::enrol
