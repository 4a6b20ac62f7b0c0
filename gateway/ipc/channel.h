#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/bytes.h"
#include "base/fd.h"
#include "base/result.h"

namespace gw::ipc {

inline constexpr std::size_t kMaxBody = 64 * 1024;  ///< anything larger travels as a sealed memory file
inline constexpr std::size_t kMaxFds = 4;           ///< descriptors with one message

/// One message: 16-byte header (type, length, request), body, descriptors.
struct Frame {
  std::uint16_t type = 0;
  std::uint64_t request = 0;  ///< the asker's number; the answer carries the same
  std::vector<std::uint8_t> body{};
  std::vector<UniqueFd> fds{};
};

/// One end of a SOCK_SEQPACKET pair made by the supervisor. Owns the descriptor, which is non-blocking.
/// Not thread-safe. A malformed frame is message.malformed: end the channel, its sender is not to be trusted.
class Channel {
 public:
  explicit Channel(UniqueFd fd);
  /// Both ends, close-on-exec, non-blocking.
  static Result<std::pair<Channel, Channel>> pair();

  int fd() const { return fd_.get(); }
  UniqueFd release() { return std::move(fd_); }

  /// channel.would_block if the other end does not read; channel.closed if it is gone.
  Result<> send(std::uint16_t type, std::uint64_t request, Bytes body, std::vector<int> fds = {}) const;
  /// The next frame, or nothing if none waits. channel.closed at the end.
  Result<std::optional<Frame>> receive() const;

 private:
  UniqueFd fd_;
};

}  // namespace gw::ipc
