#pragma once

#include <functional>
#include <span>

#include "base/codec.h"
#include "ipc/conversation.h"
#include "ipc/messages/control_compartment.h"
#include "sys/reactor.h"
#include "sys/task.h"

namespace gw::ipc {

/// A compartment's end of its channel to the supervisor (messages/control_compartment.h). What comes goes to
/// `act` in its order. When the channel ends, or the supervisor or `act` breaks the conversation, the process
/// ends: closed, not open (architecture 1.4). One thread.
class CompartmentLink {
 public:
  using Act = std::function<Result<>(Frame&)>;

  CompartmentLink(sys::Reactor& reactor, Channel channel, std::span<const Permit> may_be_told, Act act);

  /// Says ready and begins to listen.
  Result<> start();
  const Channel& channel() const { return channel_; }
  template <class Body>
  Result<> answer(compartment::Msg type, const Body& body) const {
    return channel_.send(type_number(type), 0, encode(body));
  }
  /// It goes on with the generation before.
  Result<> refuse(model::Generation generation, const Error& why) const;

 private:
  sys::Detached listen();
  Result<> take_all();

  sys::Reactor& reactor_;
  Channel channel_;
  Conversation conversation_;
  Act act_;
  sys::Wake wake_;
  sys::Readiness readiness_;
};

}  // namespace gw::ipc
