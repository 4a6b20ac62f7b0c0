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

}  // namespace gw::sys
