#include "support/loopback.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include "base/check.h"

namespace gw::support {
namespace {

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

UniqueFd tcp_socket() { return UniqueFd(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)); }

}  // namespace

LoopbackListener::LoopbackListener() : fd(tcp_socket()) {
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  GW_CHECK(::bind(fd.get(), reinterpret_cast<sockaddr*>(&address), size) == 0 &&
               ::listen(fd.get(), 1024) == 0 &&
               ::getsockname(fd.get(), reinterpret_cast<sockaddr*>(&address), &size) == 0,
           "a loopback listener can be made");
  endpoint = {*model::IpAddress::parse("127.0.0.1"), ntohs(address.sin_port)};
}

UniqueFd connect_to(const model::Endpoint& endpoint) {
  UniqueFd fd = tcp_socket();
  const int on = 1;
  ::setsockopt(fd.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  const sockaddr_in address = loopback(endpoint.port);
  ::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
  return fd;
}

UniqueFd accept_one(int listener) {
  return UniqueFd(::accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
}

}  // namespace gw::support
