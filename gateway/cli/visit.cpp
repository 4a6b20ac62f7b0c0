#include "cli/visit.h"

#include <poll.h>

#include <cerrno>

#include "base/codec.h"
#include "cli/ask.h"

namespace gw::cli {
namespace {

namespace op = ipc::op;

constexpr int kPatience =
    120'000;  // milliseconds; many records are looked through, or a change is put in force

}  // namespace

Result<Visit> Visit::begin(const std::string& socket_path, op::Msg question, op::Msg answer,
                           std::span<const ipc::Permit> may_say, std::uint16_t refused) {
  GW_TRY(ipc::Frame given, cli::ask(socket_path, ipc::type_number(question), {}, {}, kAtOnce));
  if (given.type == ipc::type_number(op::Msg::rejected)) {
    GW_TRY(const auto rejected, decode<op::Rejected>(given.body));
    return Error{rejected.code, rejected.detail};
  }
  if (given.type != ipc::type_number(answer)) return Error{ErrorCode::channel_out_of_phase};
  return Visit(ipc::Channel(std::move(given.fds.front())), may_say, refused);
}

Result<ipc::Frame> Visit::ask(std::uint16_t type, std::vector<std::uint8_t> body, std::vector<int> fds) {
  GW_TRY(channel_.send(type, ++last_, body, std::move(fds)));
  GW_TRY(ipc::Frame frame, receive());
  if (frame.type != refused_) return frame;
  GW_TRY(const auto refused, decode<op::Rejected>(frame.body));  // all refusals have that form
  return Error{refused.code, refused.detail};
}

Result<ipc::Frame> Visit::receive() {
  ipc::Conversation conversation(may_say_);
  for (;;) {
    GW_TRY(std::optional<ipc::Frame> frame, channel_.receive());
    if (frame) {
      GW_TRY(conversation.accept(*frame));
      return *std::move(frame);
    }
    pollfd wait{channel_.fd(), POLLIN, 0};
    const int ready = ::poll(&wait, 1, kPatience);
    if (ready < 0 && errno != EINTR) return system_error("poll");
    if (ready == 0) return Error{ErrorCode::records_unavailable, "controld does not answer"};
  }
}

}  // namespace gw::cli
