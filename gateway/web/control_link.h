#pragma once

#include <optional>

#include "base/floored_clock.h"
#include "ipc/compartment_link.h"
#include "tls/key_client.h"
#include "web/service.h"

namespace gw::web {

/// webd's end of its channel to the supervisor: collects a generation piece by piece, makes it ready when
/// asked, and puts it in force when told; and asks for a way to controld while it has none. A broken or
/// closed channel ends the process. One thread.
class ControlLink {
 public:
  /// `clock` is the reactor's own. All outlive it.
  ControlLink(sys::Reactor& reactor, FlooredClock& clock, ipc::RecordSink& records, ipc::Channel channel);

  /// Says ready and begins to listen.
  Result<> start();
  /// Once a second or so.
  void tick();
  /// Told to end, and nobody is served any more.
  bool has_ended() const { return is_draining_ && server_.empty(); }

 private:
  using Msg = ipc::compartment::Msg;
  struct Staged {
    model::Generation generation{};
    std::optional<model::WebTable> table{};
    model::Endpoint endpoint{};
    UniqueFd listener{};
    EditionPtr edition{};
  };

  Result<> take(ipc::Frame& frame);
  Result<> stage_table(ipc::Frame& frame);
  Result<> stage_listener(ipc::Frame& frame);
  Result<> prepare(ipc::Frame& frame);
  Result<> commit(ipc::Frame& frame);
  Result<> abandon(ipc::Frame& frame);
  Result<> meet_keys(ipc::Frame& frame);
  Result<> meet_controld(ipc::Frame& frame);
  Result<> hear_of_cuts(ipc::Frame& frame);
  Result<> raise_clock(ipc::Frame& frame);
  Result<> drain(ipc::Frame& frame);
  Staged& staged(model::Generation generation);

  FlooredClock& clock_;
  ipc::CompartmentLink link_;
  tls::KeyClient keys_;
  Line line_;
  Records records_;
  Service service_;
  https::Server server_;
  std::optional<Staged> staged_;
  bool is_draining_ = false;
};

}  // namespace gw::web
