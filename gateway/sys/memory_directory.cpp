#include "sys/memory_directory.h"

#include <sys/mount.h>

#include <string>
#include <utility>

namespace gw::sys {

Result<UniqueFd> make_memory_directory(std::uint32_t account) {
  const UniqueFd made(::fsopen("tmpfs", FSOPEN_CLOEXEC));
  if (!made) return system_error("fsopen(tmpfs)");
  const std::string owner = std::to_string(account);
  const std::pair<const char*, std::string> settings[] = {
      {"uid", owner}, {"gid", owner}, {"mode", "0700"}, {"size", "65536"}, {"nr_inodes", "16"}};
  for (const auto& [key, value] : settings)
    if (::fsconfig(made.get(), FSCONFIG_SET_STRING, key, value.c_str(), 0) != 0)
      return system_error("fsconfig(" + std::string(key) + ")");
  if (::fsconfig(made.get(), FSCONFIG_CMD_CREATE, nullptr, nullptr, 0) != 0)
    return system_error("fsconfig(create)");
  UniqueFd mounted(
      ::fsmount(made.get(), FSMOUNT_CLOEXEC, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC));
  if (!mounted) return system_error("fsmount(tmpfs)");
  return mounted;
}

}  // namespace gw::sys
