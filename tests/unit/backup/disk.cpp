// Stands before libc's own functions for the whole program. What was written and not synced is lost with the
// power, as the worst disk does: half of the octets stay.

#include "unit/backup/disk.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdarg>
#include <cstdint>

namespace gw::backup::tests {
namespace {

std::string path_of(int descriptor) {
  std::array<char, 4096> path{};
  const std::string link = "/proc/self/fd/" + std::to_string(descriptor);
  const ssize_t size = ::readlink(link.c_str(), path.data(), path.size());
  return size > 0 ? std::string(path.data(), static_cast<std::size_t>(size)) : "";
}

long raw(long number, auto... arguments) { return ::syscall(number, arguments...); }

void lose_power() {
  Disk& now = disk();
  if (!now.renamed.empty() && now.forgets_renames)
    raw(SYS_renameat2, AT_FDCWD, now.renamed.c_str(), AT_FDCWD, now.renamed_from.c_str(), 0);
  if (!now.written.empty()) {
    const int file = static_cast<int>(raw(SYS_openat, AT_FDCWD, now.written.c_str(), O_RDWR, 0));
    const long size = raw(SYS_lseek, file, 0, SEEK_END);
    raw(SYS_ftruncate, file, size / 2);
  }
  ::_exit(0);
}

/// Counts a call; does not return at the one where the power goes.
void step() {
  Disk& now = disk();
  if (now.is_watching && ++now.calls == now.ends_at) lose_power();
}

}  // namespace

Disk& disk() {
  static Disk one;
  return one;
}

}  // namespace gw::backup::tests

using gw::backup::tests::disk;

extern "C" {

ssize_t pwrite(int file, const void* octets, size_t size, off_t at) {
  gw::backup::tests::step();
  auto& now = disk();
  if (now.is_watching && now.is_full) {
    if (now.room == 0) {
      errno = ENOSPC;
      return -1;
    }
    size = size < now.room ? size : now.room;
    now.room -= size;
  }
  if (now.is_watching) now.written = gw::backup::tests::path_of(file);
  return ::syscall(SYS_pwrite64, file, octets, size, at);
}
ssize_t pwrite64(int file, const void* octets, size_t size, off_t at) {
  return pwrite(file, octets, size, at);
}

int fsync(int file) {
  gw::backup::tests::step();
  auto& now = disk();
  const std::string path = now.is_watching ? gw::backup::tests::path_of(file) : "";
  if (path == now.written) now.written.clear();
  if (!now.renamed.empty() && now.renamed.starts_with(path + "/")) now.renamed.clear();
  return static_cast<int>(::syscall(SYS_fsync, file));
}

int renameat(int from_folder, const char* from, int to_folder, const char* to) {
  gw::backup::tests::step();
  auto& now = disk();
  if (now.is_watching) {
    const std::string folder = gw::backup::tests::path_of(to_folder);
    now.renamed = folder + "/" + to;
    now.renamed_from = folder + "/" + from;
    if (now.written == now.renamed_from) now.written = now.renamed;
  }
  return static_cast<int>(::syscall(SYS_renameat2, from_folder, from, to_folder, to, 0));
}

int unlinkat(int folder, const char* name, int flags) noexcept {
  gw::backup::tests::step();
  return static_cast<int>(::syscall(SYS_unlinkat, folder, name, flags));
}

int openat(int folder, const char* name, int flags, ...) {
  if ((flags & O_CREAT) != 0) gw::backup::tests::step();
  va_list rest;
  va_start(rest, flags);
  const unsigned mode = (flags & O_CREAT) != 0 ? va_arg(rest, unsigned) : 0;
  va_end(rest);
  return static_cast<int>(::syscall(SYS_openat, folder, name, flags, mode));
}
}
