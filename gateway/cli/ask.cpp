#include "cli/ask.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <utility>

#include "base/clock.h"
#include "ipc/messages/operator.h"

namespace gw::cli {
namespace {

Result<ipc::Channel> connect_to(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path)
    return Error{ErrorCode::channel_closed, "the socket's path is too long"};
  std::memcpy(address.sun_path, path.data(), path.size());
  UniqueFd socket(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!socket) return system_error("socket");
  if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    return Error{ErrorCode::channel_closed, system_error("connect").detail};
  return ipc::Channel(std::move(socket));
}

Result<ipc::Frame> wait_for_answer(const ipc::Channel& channel, std::chrono::seconds patience) {
  const Instant deadline = system_clock().now() + patience;
  ipc::Conversation conversation(ipc::op::kToOperator);
  for (;;) {
    GW_TRY(std::optional<ipc::Frame> frame, channel.receive());
    if (frame) {
      GW_TRY(conversation.accept(*frame));
      return *std::move(frame);
    }
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - system_clock().now());
    if (left.count() <= 0) return Error{ErrorCode::publication_timed_out};
    pollfd wait{channel.fd(), POLLIN, 0};
    if (::poll(&wait, 1, static_cast<int>(left.count())) < 0 && errno != EINTR) return system_error("poll");
  }
}

}  // namespace

Result<ipc::Frame> ask(const std::string& socket_path, std::uint16_t question, Bytes body,
                       std::vector<int> descriptors, std::chrono::seconds patience) {
  GW_TRY(const ipc::Channel channel, connect_to(socket_path));
  GW_TRY(channel.send(question, 1, body, std::move(descriptors)));
  return wait_for_answer(channel, patience);
}

}  // namespace gw::cli
