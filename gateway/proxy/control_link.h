#pragma once

#include <optional>
#include <vector>

#include "base/floored_clock.h"
#include "ipc/compartment_link.h"
#include "proxy/worker.h"

namespace gw::proxy {

/// The compartment's end of its channel to the supervisor: collects a generation piece by piece, makes it
/// ready when asked, and puts it in force when told. A broken or closed channel ends the process: closed,
/// not open (architecture 1.4).
class ControlLink {
 public:
  /// `clock` is the worker's own.
  ControlLink(Worker& worker, FlooredClock& clock, ipc::Channel channel);

  /// Says ready and begins to listen.
  Result<> start();

 private:
  using Msg = ipc::compartment::Msg;
  struct Staged {
    model::Generation generation{};
    model::SnapshotPtr snapshot{};
    std::vector<HandedListener> listeners{};
    EditionPtr edition{};
  };

  Result<> take(ipc::Frame& frame);
  Result<> stage_snapshot(ipc::Frame& frame);
  Result<> stage_listener(ipc::Frame& frame);
  Result<> prepare(ipc::Frame& frame);
  Result<> commit(ipc::Frame& frame);
  Result<> abandon(ipc::Frame& frame);
  Result<> meet_peer(ipc::Frame& frame);
  Result<> meet_keys(ipc::Frame& frame);
  Result<> cut(ipc::Frame& frame);
  Result<> raise_clock(ipc::Frame& frame);
  Result<> list_sessions(ipc::Frame& frame);
  Result<> end_session(ipc::Frame& frame);
  Result<> rehearse(ipc::Frame& frame);
  Result<> try_services(ipc::Frame& frame);
  Result<> stop_trying(ipc::Frame& frame);
  Result<> drain(ipc::Frame& frame);
  Staged& staged(model::Generation generation);

  Worker& worker_;
  FlooredClock& clock_;
  ipc::CompartmentLink link_;
  std::optional<Staged> staged_;
};

}  // namespace gw::proxy
