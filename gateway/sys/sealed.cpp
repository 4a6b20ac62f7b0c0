#include "sys/sealed.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

namespace gw::sys {
namespace {

constexpr int kSeals = F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL;

Result<> write_all(int fd, Bytes bytes) {
  while (!bytes.empty()) {
    const ssize_t size = ::write(fd, bytes.data(), bytes.size());
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) return system_error("write");
    bytes = bytes.subspan(static_cast<std::size_t>(size));
  }
  return Done{};
}

Result<> read_all(int fd, MutableBytes bytes) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t size = ::pread(fd, bytes.data() + done, bytes.size() - done, static_cast<off_t>(done));
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return system_error("pread");
    if (size == 0) return Error{ErrorCode::message_malformed, "sealed file is shorter than it says"};
    done += static_cast<std::size_t>(size);
  }
  return Done{};
}

}  // namespace

Result<UniqueFd> seal(Bytes bytes, const char* name) {
  UniqueFd fd(::memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!fd) return system_error("memfd_create");
  GW_TRY(write_all(fd.get(), bytes));
  if (::fcntl(fd.get(), F_ADD_SEALS, kSeals) != 0) return system_error("fcntl(F_ADD_SEALS)");
  return fd;
}

Result<UniqueFd> make_room(std::size_t size, const char* name) {
  UniqueFd fd(::memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!fd) return system_error("memfd_create");
  if (::ftruncate(fd.get(), static_cast<off_t>(size)) != 0) return system_error("ftruncate");
  if (::fcntl(fd.get(), F_ADD_SEALS, F_SEAL_GROW) != 0) return system_error("fcntl(F_ADD_SEALS)");
  return fd;
}

Result<> seal_room(int fd, std::size_t size) {
  if (::ftruncate(fd, static_cast<off_t>(size)) != 0) return system_error("ftruncate");
  if (::fcntl(fd, F_ADD_SEALS, kSeals) != 0) return system_error("fcntl(F_ADD_SEALS)");
  return Done{};
}

Result<std::vector<std::uint8_t>> read_sealed(int fd, std::size_t most) {
  const int seals = ::fcntl(fd, F_GET_SEALS);
  if (seals < 0 || (seals & kSeals) != kSeals)
    return Error{ErrorCode::message_malformed, "file is not sealed"};
  struct stat status {
  };  // the plain call: the C library's own would ask by path, which no filter lets through
  if (::syscall(SYS_fstat, fd, &status) != 0) return system_error("fstat");
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size > most) return Error{ErrorCode::file_too_large, "sealed file"};
  std::vector<std::uint8_t> bytes(size);
  GW_TRY(read_all(fd, bytes));
  return bytes;
}

}  // namespace gw::sys
