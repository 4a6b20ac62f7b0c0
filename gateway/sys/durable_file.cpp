#include "sys/durable_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>

#include "base/fd.h"

namespace gw::sys {

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
