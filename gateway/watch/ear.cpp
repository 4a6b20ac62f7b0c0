#include "watch/ear.h"

#include <linux/if_packet.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>

namespace gw::watch {
namespace {

constexpr std::size_t kRoom = 2'048;  // the filter hands over 512 bytes at most
constexpr int kAtOnce = 256;

}  // namespace

void Ear::read(const Heard& heard) const {
  std::array<std::uint8_t, kRoom> buffer;
  for (int i = 0; socket_ && i < kAtOnce; ++i) {
    sockaddr_ll from{};
    socklen_t size = sizeof from;
    const ssize_t length = ::recvfrom(socket_.get(), buffer.data(), buffer.size(), MSG_DONTWAIT,
                                      reinterpret_cast<sockaddr*>(&from), &size);
    if (length < 0 && (errno == EINTR || errno == ENETDOWN)) continue;
    if (length <= 0) return;
    heard(static_cast<unsigned>(from.sll_ifindex), Bytes(buffer.data(), static_cast<std::size_t>(length)));
  }
}

}  // namespace gw::watch
