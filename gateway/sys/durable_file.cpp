#include "sys/durable_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "base/fd.h"

namespace gw::sys {
namespace {

Error room_or(std::string_view call) {
  if (errno == ENOSPC || errno == EDQUOT)
    return Error{ErrorCode::store_full, "no room is left on the disk for " + std::string(call)};
  return system_error(call);
}

Result<> write_whole(int file, Bytes bytes, const std::string& name) {
  for (std::size_t at = 0; at < bytes.size();) {
    const ssize_t done = ::pwrite(file, bytes.data() + at, bytes.size() - at, static_cast<off_t>(at));
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return room_or("write(" + name + ")");
    at += static_cast<std::size_t>(done);
  }
  if (::fsync(file) != 0) return room_or("fsync(" + name + ")");
  return Done{};
}

/// What lies in its place, left over or put there by whoever had the medium, is taken away and not opened.
Result<UniqueFd> new_file(int folder, const std::string& name) {
  ::unlinkat(folder, name.c_str(), 0);
  UniqueFd file(::openat(folder, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file) return room_or("open(" + name + ")");
  return file;
}

}  // namespace

Result<> write_durably(const std::string& folder, const std::string& name, Bytes bytes) {
  const UniqueFd place(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!place) return system_error("open(" + folder + ", for " + name + ")");
  const Result<> written = write_durably(place.get(), name, bytes);
  if (!written) return Error{written.error().code, folder + ": " + written.error().detail};
  return Done{};
}

Result<> write_durably(int folder, const std::string& name, Bytes bytes) {
  const std::string beside = name + ".new";
  GW_TRY(const UniqueFd file, new_file(folder, beside));
  auto written = write_whole(file.get(), bytes, beside);
  if (written && ::renameat(folder, beside.c_str(), folder, name.c_str()) != 0)
    written = room_or("rename(" + name + ")");
  if (!written) {
    ::unlinkat(folder, beside.c_str(), 0);
    return written;
  }
  if (::fsync(folder) != 0) return room_or("fsync(the folder of " + name + ")");
  return Done{};
}

Result<std::vector<std::uint8_t>> read_kept(const std::string& path, std::size_t most) {
  const UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  std::vector<std::uint8_t> bytes;
  if (!file && errno == ENOENT) return bytes;
  if (!file) return system_error("open(" + path + ")");
  constexpr std::size_t kPiece = 64 * 1024;
  for (std::size_t size = 0;;) {
    bytes.resize(size + kPiece);
    const ssize_t got = ::read(file.get(), bytes.data() + size, kPiece);
    if (got < 0) return system_error("read(" + path + ")");
    size += static_cast<std::size_t>(got);
    if (size > most) return Error{ErrorCode::file_too_large, path};
    if (got > 0) continue;
    bytes.resize(size);
    return bytes;
  }
}

}  // namespace gw::sys
