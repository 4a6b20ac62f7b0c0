#pragma once

#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <cstring>
#include <stdexcept>

#include "base/fd.h"
#include "sys/namespaces.h"

namespace gw::support {

/// A network namespace of the test's own, with its loopback up. Gone with this object and what lives in it.
class Network {
 public:
  Network() {
    Result<UniqueFd> made = sys::make_network();
    if (!made) throw std::runtime_error(made.error().to_text());
    fd_ = *std::move(made);
    const auto visit = sys::NetworkVisit::enter(fd_.get());
    if (!visit) throw std::runtime_error(visit.error().to_text());
    bring_up("lo");
  }
  int fd() const { return fd_.get(); }

  /// Runs `act` with the calling thread inside; sockets it makes stay there.
  template <class Act>
  auto run(Act act) const {
    const auto visit = sys::NetworkVisit::enter(fd_.get());
    if (!visit) throw std::runtime_error(visit.error().to_text());
    return act();
  }

 private:
  static void bring_up(const char* interface) {
    const UniqueFd socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    ifreq request{};
    std::strncpy(request.ifr_name, interface, sizeof request.ifr_name - 1);
    request.ifr_flags = IFF_UP;
    if (::ioctl(socket.get(), SIOCSIFFLAGS, &request) != 0)
      throw std::runtime_error("cannot bring an interface up");
  }

  UniqueFd fd_;
};

}  // namespace gw::support
