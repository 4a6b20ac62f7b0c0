#include "sys/namespaces.h"

#include <fcntl.h>
#include <linux/nsfs.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>

#include <cerrno>

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

Result<> pin_network(int network, const std::string& path) {
  const UniqueFd file(::open(path.c_str(), O_RDONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0400));
  if (!file) return system_error("open(" + path + ")");
  const std::string source = "/proc/self/fd/" + std::to_string(network);
  if (::mount(source.c_str(), path.c_str(), nullptr, MS_BIND, nullptr) != 0)
    return system_error("mount(" + path + ")");
  return Done{};
}

Result<std::optional<UniqueFd>> pinned_network(const std::string& path) {
  UniqueFd fd(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
  if (!fd && errno == ENOENT) return std::optional<UniqueFd>{};
  if (!fd) return system_error("open(" + path + ")");
  if (::ioctl(fd.get(), NS_GET_NSTYPE) != CLONE_NEWNET) return std::optional<UniqueFd>{};
  return std::optional<UniqueFd>(std::move(fd));
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
