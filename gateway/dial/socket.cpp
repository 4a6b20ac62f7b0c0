#include "dial/socket.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace gw::dial {
namespace {

using model::Endpoint;
using model::Family;
using model::IpAddress;

constexpr int kNew = SOCK_NONBLOCK | SOCK_CLOEXEC;

union SocketAddress {
  sockaddr any;
  sockaddr_in v4;
  sockaddr_in6 v6;
};

int domain_of(Family family) { return family == Family::ipv4 ? AF_INET : AF_INET6; }

socklen_t fill(SocketAddress& out, const Endpoint& endpoint) {
  std::memset(&out, 0, sizeof out);
  const auto& octets = endpoint.address.octets();
  if (endpoint.address.family() == Family::ipv4) {
    out.v4.sin_family = AF_INET;
    out.v4.sin_port = htons(endpoint.port);
    std::memcpy(&out.v4.sin_addr, octets.data(), sizeof out.v4.sin_addr);
    return sizeof out.v4;
  }
  out.v6.sin6_family = AF_INET6;
  out.v6.sin6_port = htons(endpoint.port);
  std::memcpy(&out.v6.sin6_addr, octets.data(), sizeof out.v6.sin6_addr);
  return sizeof out.v6;
}

Endpoint endpoint_of(const SocketAddress& from) {
  IpAddress::Octets octets{};
  if (from.any.sa_family == AF_INET) {
    std::memcpy(octets.data(), &from.v4.sin_addr, sizeof from.v4.sin_addr);
    return {IpAddress(Family::ipv4, octets), ntohs(from.v4.sin_port)};
  }
  std::memcpy(octets.data(), &from.v6.sin6_addr, sizeof from.v6.sin6_addr);
  return {IpAddress(Family::ipv6, octets), ntohs(from.v6.sin6_port)};
}

struct Option {
  int level;
  int name;
  int value;
};

/// A session may be silent for its idle limit, so keep-alive must notice a dead path: 60 + 4 x 15 s. The user
/// timeout is the same two minutes for bytes the peer does not take (RFC 5482); without it, retransmission
/// alone would hold on for a quarter of an hour.
constexpr Option kStreamOptions[] = {
    {IPPROTO_TCP, TCP_NODELAY, 1},    {SOL_SOCKET, SO_KEEPALIVE, 1}, {IPPROTO_TCP, TCP_KEEPIDLE, 60},
    {IPPROTO_TCP, TCP_KEEPINTVL, 15}, {IPPROTO_TCP, TCP_KEEPCNT, 4}, {IPPROTO_TCP, TCP_USER_TIMEOUT, 120'000},
};

}  // namespace

Result<UniqueFd> open_stream(Family family) {
  UniqueFd fd(::socket(domain_of(family), SOCK_STREAM | kNew, 0));
  if (!fd) return system_error("socket");
  for (const Option& option : kStreamOptions)
    if (::setsockopt(fd.get(), option.level, option.name, &option.value, sizeof option.value) != 0)
      return system_error("setsockopt");
  return fd;
}

Connecting connect_step(int fd, const Endpoint& remote) {
  SocketAddress address;
  const socklen_t size = fill(address, remote);
  int outcome;
  do {
    outcome = ::connect(fd, &address.any, size);
  } while (outcome != 0 && errno == EINTR);
  if (outcome == 0 || errno == EISCONN) return Connecting::connected;
  if (errno == EINPROGRESS || errno == EALREADY) return Connecting::under_way;
  return errno == ECONNREFUSED || errno == ECONNRESET ? Connecting::refused : Connecting::failed;
}

Result<UniqueFd> connect_datagram(const Endpoint& remote) {
  UniqueFd fd(::socket(domain_of(remote.address.family()), SOCK_DGRAM | kNew, 0));
  if (!fd) return system_error("socket");
  SocketAddress address;
  const socklen_t size = fill(address, remote);
  if (::connect(fd.get(), &address.any, size) != 0) return system_error("connect");
  return fd;
}

Result<Endpoint> local_endpoint(int fd) {
  SocketAddress address;
  socklen_t size = sizeof address;
  if (::getsockname(fd, &address.any, &size) != 0) return system_error("getsockname");
  return endpoint_of(address);
}

}  // namespace gw::dial
