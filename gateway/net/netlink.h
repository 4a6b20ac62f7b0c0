#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

struct nl_sock;

namespace gw::net {

/// The parts of the kernel that are asked over netlink.
enum class Subsystem : std::uint8_t { routing, netfilter, sockets };

/// A netlink socket, bound to the network namespace it was opened in. Not thread-safe.
class Netlink {
 public:
  static Result<Netlink> open(Subsystem subsystem);
  nl_sock* get() const { return socket_.get(); }

 private:
  struct Free {
    void operator()(nl_sock* socket) const;
  };
  explicit Netlink(nl_sock* socket) : socket_(socket) {}

  std::unique_ptr<nl_sock, Free> socket_;
};

/// net.apply_failed with what was tried and libnl's word for the code.
Error netlink_error(std::string_view what, int code);
Error interface_missing(const std::string& name);

}  // namespace gw::net
