#include "folders.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <memory>

#include "sys/durable_file.h"

namespace gw::oneshots {
namespace {

constexpr mode_t kFolder = 0755, kFile = 0644;

struct FolderCloser {
  void operator()(DIR* folder) const { ::closedir(folder); }
};

Result<UniqueFd> folder_beneath(int folder, const std::string& name) {
  if (::mkdirat(folder, name.c_str(), kFolder) != 0 && errno != EEXIST)
    return system_error("mkdir(" + name + ")");
  UniqueFd out(::openat(folder, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!out) return system_error("open(" + name + ")");
  return out;
}

}  // namespace

Result<std::vector<std::uint8_t>> read_file_at(const std::string& path, std::size_t most) {
  if (::access(path.c_str(), R_OK) != 0)
    return Error{ErrorCode::file_unreadable, system_error("open(" + path + ")").detail};
  return sys::read_kept(path, most);
}

Result<UniqueFd> empty_folder(const std::string& path, std::string_view may_hold) {
  if (::mkdir(path.c_str(), kFolder) != 0 && errno != EEXIST) return system_error("mkdir(" + path + ")");
  UniqueFd out(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!out) return system_error("open(" + path + ")");
  const std::unique_ptr<DIR, FolderCloser> folder(::opendir(path.c_str()));
  if (!folder) return system_error("opendir(" + path + ")");
  while (const dirent* entry = ::readdir(folder.get())) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != ".." && name != may_hold)
      return Error{ErrorCode::restore_not_empty,
                   path + " holds " + std::string(name) + "; name a new folder, nothing is written over"};
  }
  return out;
}

Result<> put_beneath(int folder, const std::string& path, Bytes octets) {
  UniqueFd below;
  int into = folder;
  std::size_t at = 0;
  for (std::size_t slash; (slash = path.find('/', at)) != std::string::npos; at = slash + 1) {
    GW_TRY(below, folder_beneath(into, path.substr(at, slash - at)));
    into = below.get();
  }
  const std::string name = path.substr(at);
  GW_TRY(sys::write_durably(into, name, octets));
  if (::fchmodat(into, name.c_str(), kFile, 0) != 0) return system_error("chmod(" + path + ")");
  return Done{};
}

}  // namespace gw::oneshots
