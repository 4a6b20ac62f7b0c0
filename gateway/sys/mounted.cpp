#include "sys/mounted.h"

#include <fcntl.h>
#include <sys/stat.h>

namespace gw::sys {

bool is_mounted(const std::string& folder) {
  struct statx found {};
  return ::statx(AT_FDCWD, folder.c_str(), 0, STATX_INO, &found) == 0 &&
         (found.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0;
}

}  // namespace gw::sys
