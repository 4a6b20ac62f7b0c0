#include "sys/namespaces.h"

#include <fcntl.h>
#include <sched.h>

namespace gw::sys {

Result<UniqueFd> own_network() {
  UniqueFd fd(::open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC));
  if (!fd) return system_error("open(/proc/thread-self/ns/net)");
  return fd;
}

Result<UniqueFd> make_network() {
  GW_TRY(const UniqueFd home, own_network());
  if (::unshare(CLONE_NEWNET) != 0) return system_error("unshare(CLONE_NEWNET)");
  Result<UniqueFd> made = own_network();
  GW_CHECK(::setns(home.get(), CLONE_NEWNET) == 0, "there is always a way back to the own namespace");
  return made;
}

Result<NetworkVisit> NetworkVisit::enter(int network) {
  GW_TRY(UniqueFd home, own_network());
  if (::setns(network, CLONE_NEWNET) != 0) return system_error("setns");
  return NetworkVisit(std::move(home));
}

NetworkVisit::~NetworkVisit() {
  if (home_)
    GW_CHECK(::setns(home_.get(), CLONE_NEWNET) == 0, "there is always a way back to the own namespace");
}

}  // namespace gw::sys
