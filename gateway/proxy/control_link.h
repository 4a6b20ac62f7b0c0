#pragma once

#include <optional>
#include <vector>

#include "base/floored_clock.h"
#include "ipc/conversation.h"
#include "ipc/messages/control_compartment.h"
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

  sys::Detached listen();
  Result<> take_all();
  Result<> take(ipc::Frame frame);
  Result<> stage_snapshot(ipc::Frame& frame);
  Result<> stage_listener(ipc::Frame& frame);
  Result<> prepare(ipc::Frame& frame);
  Result<> commit(ipc::Frame& frame);
  Result<> abandon(ipc::Frame& frame);
  Result<> meet_peer(ipc::Frame& frame);
  Result<> meet_keys(ipc::Frame& frame);
  Result<> cut(ipc::Frame& frame);
  Result<> raise_clock(ipc::Frame& frame);
  Result<> drain(ipc::Frame& frame);
  Staged& staged(model::Generation generation);
  template <class Body>
  Result<> answer(Msg type, const Body& body) const;

  struct Row {
    Msg type;
    Result<> (ControlLink::*handle)(ipc::Frame&);
  };

  Worker& worker_;
  FlooredClock& clock_;
  ipc::Channel channel_;
  ipc::Conversation conversation_{ipc::compartment::kToProxy};
  sys::Wake wake_;
  sys::Readiness readiness_;
  std::optional<Staged> staged_;
};

}  // namespace gw::proxy
