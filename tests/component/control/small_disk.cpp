#include "component/control/small_disk.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cstdlib>
#include <stdexcept>
#include <vector>

#include "base/fd.h"

namespace gw::component {

void leave_mounts() {
  static const bool left =
      ::unshare(CLONE_NEWNS) == 0 && ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
  if (!left) throw std::runtime_error("no mount namespace");
}

SmallDisk::SmallDisk(std::uint64_t octets, std::filesystem::path folder) : folder_(std::move(folder)) {
  leave_mounts();
  std::string pattern = "/tmp/gw-disk-XXXXXX";
  if (folder_.empty()) {
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no folder");
    folder_ = pattern;
  }
  const std::string size = "size=" + std::to_string(octets);
  if (::mount("tmpfs", folder_.c_str(), "tmpfs", 0, size.c_str()) != 0) throw std::runtime_error("no tmpfs");
}

SmallDisk::~SmallDisk() {
  ::umount2(folder_.c_str(), MNT_DETACH);
  std::filesystem::remove_all(folder_);
}

std::uint64_t SmallDisk::room() const { return std::filesystem::space(folder_).available; }

void SmallDisk::fill() const {
  const UniqueFd file(::open((folder_ / "filler").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
  const std::vector<char> octets(4096);
  while (::write(file.get(), octets.data(), octets.size()) > 0) {
  }
}

void SmallDisk::empty() const { std::filesystem::remove(folder_ / "filler"); }

}  // namespace gw::component
