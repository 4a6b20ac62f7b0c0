#include "packet_socket.h"

#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <sys/socket.h>

#include "sys/maker.h"

namespace gw::supervisor {
namespace {

Result<> set(int fd, int level, int name, const void* value, socklen_t size) {
  if (::setsockopt(fd, level, name, value, size) != 0) return system_error("setsockopt(AF_PACKET)");
  return Done{};
}

}  // namespace

Result<UniqueFd> open_packet_socket(std::uint32_t account, std::vector<sock_filter> program,
                                    std::span<const SocketOption> options) {
  const sys::Maker maker(account);
  // Of no protocol it hears nothing, until the filter is there.
  UniqueFd fd(::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!fd) return system_error("socket(AF_PACKET)");
  if (program.size() > BPF_MAXINSNS) return Error{ErrorCode::system_call_failed, "too many segments"};
  const sock_fprog filter{static_cast<unsigned short>(program.size()), program.data()};
  const int on = 1;
  GW_TRY(set(fd.get(), SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof filter));
  GW_TRY(set(fd.get(), SOL_SOCKET, SO_LOCK_FILTER, &on, sizeof on));
  for (const SocketOption& one : options)
    GW_TRY(set(fd.get(), one.level, one.name, &one.value, sizeof one.value));
  sockaddr_ll all{};
  all.sll_family = AF_PACKET;
  all.sll_protocol = htons(ETH_P_ALL);
  if (::bind(fd.get(), reinterpret_cast<const sockaddr*>(&all), sizeof all) != 0)
    return system_error("bind(AF_PACKET)");
  return fd;
}

}  // namespace gw::supervisor
