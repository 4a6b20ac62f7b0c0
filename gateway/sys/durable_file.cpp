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

}  // namespace

Result<> write_durably(const std::string& folder, const std::string& name, Bytes bytes) {
  const std::string path = folder + "/" + name, beside = path + ".new";
  const UniqueFd file(::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  if (!file) return system_error("open(" + beside + ")");
  if (::write(file.get(), bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()))
    return system_error("write(" + beside + ")");
  if (::fsync(file.get()) != 0) return system_error("fsync(" + beside + ")");
  if (::rename(beside.c_str(), path.c_str()) != 0) return system_error("rename(" + path + ")");
  const UniqueFd directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!directory || ::fsync(directory.get()) != 0) return system_error("fsync(" + folder + ")");
  return Done{};
}

Result<> write_durably(int folder, const std::string& name, Bytes bytes) {
  const std::string beside = name + ".new";
  const UniqueFd file(
      ::openat(folder, beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!file) return room_or("open(" + beside + ")");
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
