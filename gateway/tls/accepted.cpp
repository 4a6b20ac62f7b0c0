#include "tls/accepted.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cstring>

namespace gw::tls {

model::Endpoint remote_endpoint(int fd) {
  sockaddr_storage storage{};
  socklen_t size = sizeof storage;
  if (::getpeername(fd, reinterpret_cast<sockaddr*>(&storage), &size) != 0) return {};
  model::IpAddress::Octets octets{};
  if (storage.ss_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &storage, sizeof v4);
    std::memcpy(octets.data(), &v4.sin_addr, sizeof v4.sin_addr);
    return {model::IpAddress(model::Family::ipv4, octets), ntohs(v4.sin_port)};
  }
  sockaddr_in6 v6{};
  std::memcpy(&v6, &storage, sizeof v6);
  std::memcpy(octets.data(), &v6.sin6_addr, sizeof v6.sin6_addr);
  return {model::IpAddress(model::Family::ipv6, octets), ntohs(v6.sin6_port)};
}

void tune_socket(int fd) {
  struct Option {
    int level, name, value;
  };
  static constexpr Option kOptions[] = {
      {IPPROTO_TCP, TCP_NODELAY, 1},    {SOL_SOCKET, SO_KEEPALIVE, 1}, {IPPROTO_TCP, TCP_KEEPIDLE, 60},
      {IPPROTO_TCP, TCP_KEEPINTVL, 15}, {IPPROTO_TCP, TCP_KEEPCNT, 4},
  };
  for (const Option& option : kOptions)
    ::setsockopt(fd, option.level, option.name, &option.value, sizeof option.value);
}

}  // namespace gw::tls
