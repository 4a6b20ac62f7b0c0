#include "ipc/channel.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "base/codec.h"

namespace gw::ipc {
namespace {

constexpr std::size_t kHeader = 16;

struct Header {
  std::uint16_t type = 0;
  std::uint16_t reserved = 0;
  std::uint32_t length = 0;
  std::uint64_t request = 0;
};

template <class Io>
void visit(Io& io, Header& h) {
  io.field(h.type);
  io.range(h.reserved, std::uint16_t{0}, std::uint16_t{0});
  io.range(h.length, 0u, static_cast<std::uint32_t>(kMaxBody));
  io.field(h.request);
}

union ControlSpace {  // union for the alignment cmsg(3) asks for
  cmsghdr align;
  std::array<char, CMSG_SPACE(sizeof(int) * kMaxFds)> bytes;
};

/// Takes ownership of every descriptor the kernel handed over, whatever becomes of the message.
std::vector<UniqueFd> take_fds(msghdr& message) {
  std::vector<UniqueFd> fds;
  for (cmsghdr* c = CMSG_FIRSTHDR(&message); c != nullptr; c = CMSG_NXTHDR(&message, c)) {
    if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS) continue;
    const std::size_t count = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (std::size_t i = 0; i < count; ++i) {
      int fd = -1;
      std::memcpy(&fd, CMSG_DATA(c) + i * sizeof(int), sizeof fd);
      fds.emplace_back(fd);
    }
  }
  return fds;
}

void attach_fds(msghdr& message, ControlSpace& space, const std::vector<int>& fds) {
  std::memset(&space, 0, sizeof space);
  message.msg_control = &space;
  message.msg_controllen = CMSG_SPACE(sizeof(int) * fds.size());
  cmsghdr* c = CMSG_FIRSTHDR(&message);
  c->cmsg_level = SOL_SOCKET;
  c->cmsg_type = SCM_RIGHTS;
  c->cmsg_len = CMSG_LEN(sizeof(int) * fds.size());
  std::memcpy(CMSG_DATA(c), fds.data(), sizeof(int) * fds.size());
}

/// Without descriptors by a call that names no address: whoever never hands any over may not have the other.
ssize_t put(int fd, std::vector<std::uint8_t>& bytes, const std::vector<int>& fds) {
  constexpr int kFlags = MSG_NOSIGNAL | MSG_DONTWAIT;
  if (fds.empty()) return ::send(fd, bytes.data(), bytes.size(), kFlags);
  iovec part{bytes.data(), bytes.size()};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  ControlSpace space;
  attach_fds(message, space, fds);
  return ::sendmsg(fd, &message, kFlags);
}

Error closed() { return {ErrorCode::channel_closed}; }

}  // namespace

Channel::Channel(UniqueFd fd) : fd_(std::move(fd)) {}

Result<std::pair<Channel, Channel>> Channel::pair() {
  std::array<int, 2> fds{};
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, fds.data()) != 0)
    return system_error("socketpair");
  return std::pair(Channel(UniqueFd(fds[0])), Channel(UniqueFd(fds[1])));
}

Result<> Channel::send(std::uint16_t type, std::uint64_t request, Bytes body, std::vector<int> fds) const {
  GW_CHECK(body.size() <= kMaxBody && fds.size() <= kMaxFds, "messages are bounded by their layout");
  std::vector<std::uint8_t> bytes = encode(Header{type, 0, static_cast<std::uint32_t>(body.size()), request});
  bytes.insert(bytes.end(), body.begin(), body.end());
  for (;;) {
    if (put(fd_.get(), bytes, fds) >= 0) return Done{};
    if (errno == EINTR) continue;
    if (errno == EAGAIN || errno == ENOBUFS) return Error{ErrorCode::channel_would_block};
    if (errno == EPIPE || errno == ECONNRESET || errno == ENOTCONN) return closed();
    return system_error("send");
  }
}

Result<std::optional<Frame>> Channel::receive() const {
  thread_local std::array<std::uint8_t, kHeader + kMaxBody> buffer;
  iovec part{buffer.data(), buffer.size()};
  ControlSpace space;
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = &space;
  message.msg_controllen = sizeof space;
  ssize_t size;
  do {
    size = ::recvmsg(fd_.get(), &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
  } while (size < 0 && errno == EINTR);
  if (size < 0 && errno == EAGAIN) return std::optional<Frame>();
  if (size < 0 && errno != ECONNRESET) return system_error("recvmsg");
  if (size <= 0) return closed();

  Frame frame;
  frame.fds = take_fds(message);
  const Bytes bytes(buffer.data(), static_cast<std::size_t>(size));
  if ((message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0 || bytes.size() < kHeader)
    return Error{ErrorCode::message_malformed, "frame cut off"};
  GW_TRY(const Header header, decode<Header>(bytes.first(kHeader)));
  const Bytes body = bytes.subspan(kHeader);
  if (header.length != body.size()) return Error{ErrorCode::message_malformed, "frame length differs"};
  frame.type = header.type;
  frame.request = header.request;
  frame.body.assign(body.begin(), body.end());
  return std::optional(std::move(frame));
}

}  // namespace gw::ipc
