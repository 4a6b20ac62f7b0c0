#include "component/net/traffic.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <netinet/ip_icmp.h>
#include <poll.h>
#include <sys/fsuid.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "base/check.h"
#include "sys/namespaces.h"

namespace gw::net::tests {
namespace {

constexpr int kLongMs = 5'000;  // an answer comes long before
constexpr int kShortMs = 250;   // on these links an answer takes microseconds

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;
  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
};

SocketAddress to_socket(const model::Endpoint& endpoint) {
  SocketAddress out;
  const auto& octets = endpoint.address.octets();
  if (endpoint.address.family() == model::Family::ipv4) {
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_port = htons(endpoint.port);
    std::memcpy(&v4.sin_addr, octets.data(), 4);
    std::memcpy(&out.storage, &v4, out.size = sizeof v4);
  } else {
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(endpoint.port);
    std::memcpy(&v6.sin6_addr, octets.data(), 16);
    std::memcpy(&out.storage, &v6, out.size = sizeof v6);
  }
  return out;
}

int number_of(model::Family family) { return family == model::Family::ipv4 ? AF_INET : AF_INET6; }

bool wait(const UniqueFd& fd, short events, int limit_ms) {
  pollfd entry{fd.get(), events, 0};
  return ::poll(&entry, 1, limit_ms) == 1;
}

}  // namespace

model::Endpoint at(const char* address, std::uint16_t port) {
  return {*model::IpAddress::parse(address), port};
}

UniqueFd socket_of(const UniqueFd& in, std::uint32_t account, model::Family family, Kind kind) {
  const auto visit = sys::NetworkVisit::enter(in.get());
  GW_CHECK(visit, "the tests run as root");
  const int type = kind == Kind::stream ? SOCK_STREAM : SOCK_DGRAM;
  ::setfsuid(account);
  UniqueFd made(::socket(number_of(family), type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  ::setfsuid(0);
  const int on = 1;
  ::setsockopt(made.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  return made;
}

UniqueFd listener(const UniqueFd& in, const model::Endpoint& endpoint, Kind kind) {
  UniqueFd made = socket_of(in, 0, endpoint.address.family(), kind);
  const int on = 1;
  ::setsockopt(made.get(), SOL_IP, IP_FREEBIND, &on, sizeof on);
  bind(made, endpoint);
  if (kind == Kind::stream) {
    EXPECT_EQ(::listen(made.get(), 8), 0);
  }
  return made;
}

void bind(const UniqueFd& socket, const model::Endpoint& endpoint) {
  const SocketAddress address = to_socket(endpoint);
  EXPECT_EQ(::bind(socket.get(), address.get(), address.size), 0)
      << endpoint.to_text() << std::strerror(errno);
}

UniqueFd raw_socket(const UniqueFd& in, int protocol) {
  const auto visit = sys::NetworkVisit::enter(in.get());
  GW_CHECK(visit, "the tests run as root");
  return UniqueFd(::socket(AF_INET6, SOCK_RAW | SOCK_CLOEXEC, protocol));
}

void send_tcp_segment(const UniqueFd& in, const model::IpAddress& to, const std::string& segment) {
  const auto visit = sys::NetworkVisit::enter(in.get());
  GW_CHECK(visit, "the tests run as root");
  const UniqueFd raw(::socket(number_of(to.family()), SOCK_RAW | SOCK_CLOEXEC, IPPROTO_TCP));
  const int in_fragments = IP_PMTUDISC_DONT;
  ::setsockopt(raw.get(), SOL_IP, IP_MTU_DISCOVER, &in_fragments, sizeof in_fragments);
  const SocketAddress target = to_socket({to, 0});
  const auto sent = ::sendto(raw.get(), segment.data(), segment.size(), 0, target.get(), target.size);
  EXPECT_EQ(sent, static_cast<ssize_t>(segment.size())) << std::strerror(errno);
}

Outcome connect(const UniqueFd& socket, const model::Endpoint& to, bool answer_expected) {
  const SocketAddress address = to_socket(to);
  if (::connect(socket.get(), address.get(), address.size) == 0) return Outcome::connected;
  if (errno != EINPROGRESS) return errno == ECONNREFUSED ? Outcome::refused : Outcome::silence;
  if (!wait(socket, POLLOUT, answer_expected ? kLongMs : kShortMs)) return Outcome::silence;
  int problem = 0;
  socklen_t size = sizeof problem;
  ::getsockopt(socket.get(), SOL_SOCKET, SO_ERROR, &problem, &size);
  return problem == 0 ? Outcome::connected : Outcome::refused;
}

bool reaches(const UniqueFd& socket, const model::Endpoint& to) {
  return connect(socket, to, true) == Outcome::connected;
}
bool is_silent(const UniqueFd& socket, const model::Endpoint& to) {
  return connect(socket, to, false) == Outcome::silence;
}
bool reaches(const UniqueFd& from, std::uint32_t account, const model::Endpoint& to) {
  return reaches(socket_of(from, account, to.address.family()), to);
}
bool is_silent(const UniqueFd& from, std::uint32_t account, const model::Endpoint& to) {
  return is_silent(socket_of(from, account, to.address.family()), to);
}

UniqueFd accept(const UniqueFd& listener) {
  EXPECT_TRUE(wait(listener, POLLIN, kLongMs)) << "no connection came";
  return UniqueFd(::accept4(listener.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
}

bool arrives(const UniqueFd& socket) { return wait(socket, POLLIN, kLongMs); }
bool arrives_soon(const UniqueFd& socket) { return wait(socket, POLLIN, kShortMs); }

std::string read_all(const UniqueFd& socket) {
  std::string out;
  std::array<char, 65'536> part{};
  while (wait(socket, POLLIN, kLongMs)) {
    const ssize_t size = ::read(socket.get(), part.data(), part.size());
    if (size <= 0) return size == 0 ? out : out + " and then " + std::strerror(errno);
    out.append(part.data(), static_cast<std::size_t>(size));
  }
  return out + " and then nothing";
}

bool write_all(const UniqueFd& socket, const std::string& bytes) {
  for (std::size_t done = 0; done < bytes.size();) {
    if (!wait(socket, POLLOUT, kLongMs)) return false;
    const ssize_t size = ::send(socket.get(), bytes.data() + done, bytes.size() - done, MSG_NOSIGNAL);
    if (size < 0) return false;
    done += static_cast<std::size_t>(size);
  }
  return true;
}

void dissolve(const UniqueFd& socket) {
  ::shutdown(socket.get(), SHUT_RDWR);  // ends a listener
  sockaddr nothing{};
  nothing.sa_family = AF_UNSPEC;
  EXPECT_EQ(::connect(socket.get(), &nothing, sizeof nothing), 0) << std::strerror(errno);
}

bool send_datagram(const UniqueFd& from, const model::Endpoint& to) {
  const SocketAddress address = to_socket(to);
  return ::sendto(from.get(), "?", 1, 0, address.get(), address.size) == 1;
}

model::Endpoint take_datagram(const UniqueFd& waiting) {
  EXPECT_TRUE(wait(waiting, POLLIN, kLongMs)) << "nothing came";
  sockaddr_in6 from{};
  socklen_t size = sizeof from;
  char octet = 0;
  EXPECT_EQ(::recvfrom(waiting.get(), &octet, 1, 0, reinterpret_cast<sockaddr*>(&from), &size), 1);
  model::IpAddress::Octets octets{};
  if (from.sin6_family == AF_INET6) {
    std::memcpy(octets.data(), &from.sin6_addr, 16);
    return {{model::Family::ipv6, octets}, ntohs(from.sin6_port)};
  }
  const auto& v4 = reinterpret_cast<const sockaddr_in&>(from);
  std::memcpy(octets.data(), &v4.sin_addr, 4);
  return {{model::Family::ipv4, octets}, ntohs(v4.sin_port)};
}

bool datagram_arrives(const UniqueFd& from, const model::Endpoint& to, const UniqueFd& waiting) {
  if (!send_datagram(from, to)) return false;
  if (!wait(waiting, POLLIN, kLongMs)) return false;
  char byte = 0;
  return ::read(waiting.get(), &byte, 1) == 1;
}

bool answers_echo(const UniqueFd& in, const char* address) {
  const auto visit = sys::NetworkVisit::enter(in.get());
  GW_CHECK(visit, "the tests run as root");
  const model::Endpoint to = at(address, 0);
  const bool v4 = to.address.family() == model::Family::ipv4;
  const UniqueFd raw(::socket(number_of(to.address.family()), SOCK_RAW | SOCK_CLOEXEC,
                              v4 ? int{IPPROTO_ICMP} : int{IPPROTO_ICMPV6}));
  // type, code, checksum (the kernel's for IPv6), identifier, sequence: their sum with 0xf7ff is all ones
  const std::array<std::uint8_t, 8> v4_request{ICMP_ECHO, 0, 0xf7, 0xff, 0, 0, 0, 0};
  const std::array<std::uint8_t, 8> v6_request{ICMP6_ECHO_REQUEST, 0, 0, 0, 0, 0, 0, 0};
  const auto& request = v4 ? v4_request : v6_request;
  const SocketAddress target = to_socket(to);
  EXPECT_EQ(::sendto(raw.get(), request.data(), request.size(), 0, target.get(), target.size), 8);
  std::array<std::uint8_t, 256> answer{};
  while (wait(raw, POLLIN, kShortMs)) {
    const ssize_t size = ::read(raw.get(), answer.data(), answer.size());
    const std::size_t type = v4 ? 20 : 0;  // a raw IPv4 socket shows the IP header first
    if (size > static_cast<ssize_t>(type) && answer[type] == (v4 ? ICMP_ECHOREPLY : ICMP6_ECHO_REPLY))
      return true;
  }
  return false;
}

}  // namespace gw::net::tests
