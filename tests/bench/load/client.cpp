#include "client.h"

#include <arpa/inet.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>

namespace gw::bench {

sockaddr_in loopback_address(const std::string& text) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  const std::size_t colon = text.rfind(':');
  const bool read = colon != std::string::npos &&
                    ::inet_pton(AF_INET, text.substr(0, colon).c_str(), &address.sin_addr) == 1;
  if (!read || ntohl(address.sin_addr.s_addr) >> 24 != 127) give_up("not a loopback address: " + text);
  address.sin_port = htons(static_cast<std::uint16_t>(std::stoul(text.substr(colon + 1))));
  return address;
}

Clients::Clients(Loop& loop, const Options& options)
    : loop_(loop),
      context_(
          make_context(Side::client, options.text("certs"), options.text("name", "client"), Tickets::none)) {
  for (const std::string& address : options.list("to")) addresses_.push_back(loopback_address(address));
  if (addresses_.empty()) give_up("--to is missing");
}

UniqueFd Clients::connect() {
  const sockaddr_in& to = addresses_[next_++ % addresses_.size()];
  UniqueFd fd(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!fd) return fd;
  const int result = ::connect(fd.get(), reinterpret_cast<const sockaddr*>(&to), sizeof to);
  if (result != 0 && errno != EINPROGRESS) fd.reset();
  return fd;
}

sys::Task<bool> prove(Link& link, Loop& loop) {
  if (!co_await link.handshake()) co_return false;
  const std::array wish{static_cast<std::uint8_t>(Wish::echo)};
  link.queue(wish);
  const std::size_t size = co_await link.read(loop.scratch.plain());
  co_return size == 1;
}

}  // namespace gw::bench
