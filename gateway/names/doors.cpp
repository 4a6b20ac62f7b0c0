#include "names/doors.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <array>

#include "names/answer.h"

namespace gw::names {
namespace {

constexpr int kAtOnce = 64;
constexpr std::size_t kMostQuestion = 4096;  // more is no question, whatever it is

}  // namespace

void answer_datagrams(const Door& door) {
  std::array<std::uint8_t, kMostQuestion> buffer;
  for (int i = 0; i < kAtOnce; ++i) {
    sockaddr_storage from{};
    socklen_t size = sizeof from;
    auto* const asker = reinterpret_cast<sockaddr*>(&from);
    const ssize_t got =
        ::recvfrom(door.udp.get(), buffer.data(), buffer.size(), MSG_DONTWAIT | MSG_TRUNC, asker, &size);
    if (got < 0) return;
    if (static_cast<std::size_t>(got) > buffer.size()) continue;
    const auto reply =
        answer(Bytes(buffer.data(), static_cast<std::size_t>(got)), *door.zones, Transport::udp);
    if (reply)
      static_cast<void>(::sendto(door.udp.get(), reply->data(), reply->size(), MSG_DONTWAIT, asker, size));
  }
}

}  // namespace gw::names
