#pragma once

#include <functional>
#include <span>

#include "base/codec.h"
#include "ipc/conversation.h"
#include "ipc/messages/control_compartment.h"
#include "sys/reactor.h"
#include "sys/task.h"

namespace gw::ipc {

/// What a compartment does with one kind of message.
template <class Compartment>
struct Duty {
  compartment::Msg type;
  Result<> (Compartment::*handle)(Frame&);
};
/// channel.out_of_phase for a message that is nobody's duty.
template <class Compartment, std::size_t count>
Result<> do_duty(const Duty<Compartment> (&duties)[count], Compartment& who, Frame& frame) {
  for (const Duty<Compartment>& duty : duties)
    if (type_number(duty.type) == frame.type) return (who.*duty.handle)(frame);
  return Error{ErrorCode::channel_out_of_phase};
}

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
