#include "ipc/web_reply.h"

#include "base/codec.h"
#include "sys/sealed.h"

namespace gw::ipc::web {

Result<Reply> reply_in(Frame& frame) {
  Reply reply;
  if (frame.type == type_number(Msg::refused)) {
    GW_TRY(reply.refused, decode<Refused>(frame.body));
    return reply;
  }
  if (frame.type == type_number(Msg::octets)) {
    GW_TRY(reply.octets, decode<Octets>(frame.body));
    reply.file = std::move(frame.fds.front());
    return reply;
  }
  const Result<Answered> answered = decode<Answered>(frame.body);
  wipe(frame.body.data(), frame.body.size());
  GW_TRY(reply.answered, answered);
  GW_TRY(auto octets, sys::read_sealed(frame.fds.front().get(), kMostAnswer));
  reply.json = as_text(octets);
  wipe(octets.data(), octets.size());
  return reply;
}

}  // namespace gw::ipc::web
