#include "cli/administrators_desk.h"

#include "base/codec.h"
#include "cli/visit.h"
#include "sys/sealed.h"

namespace gw::cli {

namespace msg = ipc::web;
namespace op = ipc::op;

Result<DeskReply> ask_desk(const std::string& socket_path, const msg::Ask& question) {
  GW_TRY(Visit visit,
         Visit::begin(socket_path, op::Msg::administer, op::Msg::administrators_desk, msg::kFromControld));
  GW_TRY(msg::send_ask(visit.channel(), 1, question));
  GW_TRY(ipc::Frame frame, visit.receive());
  DeskReply reply;
  if (frame.type == ipc::type_number(msg::Msg::refused)) {
    GW_TRY(reply.refused, decode<msg::Refused>(frame.body));
    return reply;
  }
  if (frame.type == ipc::type_number(msg::Msg::octets)) {
    GW_TRY(reply.octets, decode<msg::Octets>(frame.body));
    reply.file = std::move(frame.fds.front());
    return reply;
  }
  const Result<msg::Answered> answered = decode<msg::Answered>(frame.body);
  wipe(frame.body.data(), frame.body.size());
  GW_TRY(reply.answered, answered);
  GW_TRY(auto octets, sys::read_sealed(frame.fds.front().get(), msg::kMostAnswer));
  reply.json = as_text(octets);
  wipe(octets.data(), octets.size());
  return reply;
}

}  // namespace gw::cli
