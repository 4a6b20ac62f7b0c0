#include "probe/reach.h"

#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <cerrno>
#include <optional>
#include <string>
#include <system_error>

#include "base/fd.h"
#include "dial/socket.h"

namespace gw::probe {
namespace {

using model::ProofCase;
using Outcome = model::ProofCase::Outcome;

constexpr std::chrono::milliseconds kBetweenLooks{20};
constexpr std::size_t kAtOnce = 32;  // connections under way

struct Verdict {
  Outcome outcome = Outcome::unproven;
  std::string evidence{};
};

/// What an error of connect or send says about the way there.
Verdict verdict_of(int error) {
  switch (error) {
    case EPERM:
    case EACCES:
      return {Outcome::held, "the kernel's rules refused the packet"};
    case ENETUNREACH:
    case EADDRNOTAVAIL:
    case EAFNOSUPPORT:
      return {Outcome::held, "no way leads there"};
    case ECONNREFUSED:
      return {Outcome::broken, "it was reached and said no"};
    case EHOSTUNREACH:
    case ETIMEDOUT:
      return {Outcome::broken, "the packet was let out; nobody was there"};
    default:
      return {Outcome::unproven, std::generic_category().message(error)};
  }
}

ProofCase case_of(const Aim& aim, Verdict verdict) {
  const std::string protocol = aim.protocol == net::Protocol::tcp ? "tcp" : "udp";
  return {aim.way,
          {},
          {},
          protocol + " to " + aim.endpoint.to_text() + ", " + aim.what,
          verdict.outcome,
          std::move(verdict.evidence)};
}

socklen_t fill(sockaddr_storage& out, const model::Endpoint& endpoint) {
  const auto& octets = endpoint.address.octets();
  if (endpoint.address.family() == model::Family::ipv4) {
    auto& in = reinterpret_cast<sockaddr_in&>(out);
    in.sin_family = AF_INET;
    in.sin_port = htons(endpoint.port);
    std::copy_n(octets.begin(), 4, reinterpret_cast<std::uint8_t*>(&in.sin_addr));
    return sizeof in;
  }
  auto& in6 = reinterpret_cast<sockaddr_in6&>(out);
  in6.sin6_family = AF_INET6;
  in6.sin6_port = htons(endpoint.port);
  std::copy_n(octets.begin(), 16, in6.sin6_addr.s6_addr);
  return sizeof in6;
}

Verdict send_datagram(int fd, const model::Endpoint& to) {
  sockaddr_storage address{};
  const socklen_t size = fill(address, to);
  if (::sendto(fd, nullptr, 0, 0, reinterpret_cast<const sockaddr*>(&address), size) == 0)
    return {Outcome::broken, "the datagram left"};
  return verdict_of(errno);
}

/// A socket that was used is as new again.
void dissolve(int fd) {
  sockaddr nowhere{};
  nowhere.sa_family = AF_UNSPEC;
  ::connect(fd, &nowhere, sizeof nowhere);
}

struct Connection {
  const Aim* aim;
  int fd;
  std::optional<Verdict> verdict{};
};

std::optional<Verdict> look(const Connection& connection) {
  switch (dial::connect_step(connection.fd, connection.aim->endpoint)) {
    case dial::Connecting::under_way:
      return {};
    case dial::Connecting::connected:
      return Verdict{Outcome::broken, "connected"};
    case dial::Connecting::refused:
    case dial::Connecting::failed:
      break;
  }
  return verdict_of(errno);
}

/// Until every connection has its verdict or patience is at its end.
void settle(std::vector<Connection>& connections, std::chrono::milliseconds patience, const Clock& clock) {
  const Instant deadline = clock.now() + patience;
  const UniqueFd pause(::epoll_create1(EPOLL_CLOEXEC));
  for (bool waiting = true; waiting && clock.now() < deadline;) {
    waiting = false;
    for (Connection& connection : connections) {
      if (!connection.verdict) connection.verdict = look(connection);
      waiting = waiting || !connection.verdict;
    }
    epoll_event none{};
    if (waiting) ::epoll_wait(pause.get(), &none, 1, static_cast<int>(kBetweenLooks.count()));
  }
  const std::string silence = "silence for " + std::to_string(patience.count()) + " ms";
  for (Connection& connection : connections)
    if (!connection.verdict) connection.verdict = Verdict{Outcome::held, silence};
}

bool is_tcp(const Aim& aim) { return aim.protocol == net::Protocol::tcp; }
bool is_ipv4(const Aim& aim) { return aim.endpoint.address.family() == model::Family::ipv4; }

/// Datagrams need no wait. `socket_for` gives a descriptor, or -1 with errno.
template <class SocketFor>
void reach_by_datagrams(const std::vector<Aim>& aims, std::vector<ProofCase>& out, SocketFor socket_for) {
  for (const Aim& aim : aims) {
    if (is_tcp(aim)) continue;
    const int fd = socket_for(aim);
    out.push_back(case_of(aim, fd < 0 ? verdict_of(errno) : send_datagram(fd, aim.endpoint)));
  }
}

void add_all(const std::vector<Connection>& connections, std::vector<ProofCase>& out) {
  for (const Connection& connection : connections)
    out.push_back(case_of(*connection.aim, *connection.verdict));
}

}  // namespace

std::vector<ProofCase> reach(const std::vector<Aim>& aims, const HandedSockets& with,
                             std::chrono::milliseconds patience, const Clock& clock) {
  std::vector<ProofCase> out;
  reach_by_datagrams(aims, out, [&](const Aim& aim) { return is_ipv4(aim) ? with.udp4 : with.udp6; });
  for (const Aim& aim : aims) {
    if (!is_tcp(aim)) continue;
    const int fd = is_ipv4(aim) ? with.tcp4 : with.tcp6;
    std::vector<Connection> one{{&aim, fd}};
    settle(one, patience, clock);
    dissolve(fd);
    add_all(one, out);
  }
  return out;
}

std::vector<ProofCase> reach(const std::vector<Aim>& aims, std::chrono::milliseconds patience,
                             const Clock& clock) {
  std::vector<ProofCase> out;
  UniqueFd datagrams;
  reach_by_datagrams(aims, out, [&](const Aim& aim) {
    datagrams.reset(
        ::socket(is_ipv4(aim) ? AF_INET : AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    return datagrams.get();
  });
  std::vector<UniqueFd> sockets;
  std::vector<Connection> under_way;
  const auto finish = [&] {
    settle(under_way, patience, clock);
    add_all(under_way, out);
    under_way.clear();
    sockets.clear();
  };
  for (const Aim& aim : aims) {
    if (!is_tcp(aim)) continue;
    sockets.emplace_back(
        ::socket(is_ipv4(aim) ? AF_INET : AF_INET6, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (sockets.back())
      under_way.push_back({&aim, sockets.back().get()});
    else
      out.push_back(case_of(aim, verdict_of(errno)));
    if (under_way.size() == kAtOnce) finish();
  }
  finish();
  return out;
}

}  // namespace gw::probe
