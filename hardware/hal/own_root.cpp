#include "hal/own_root.h"

#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <set>
#include <string_view>

#include "hal/kernel_file.h"

namespace gw::hal {

namespace fs = std::filesystem;

Result<fs::path> root_partition(const std::string& root) {
  struct stat at {};
  if (::stat((root + "/").c_str(), &at) != 0) return system_error("stat(" + root + "/)");
  const std::string slaves = root + "/sys/dev/block/" + std::to_string(major(at.st_dev)) + ":" +
                             std::to_string(minor(at.st_dev)) + "/slaves";
  std::set<fs::path> found;  // blocks and their hashes are two slaves, and may be one partition
  for (const std::string& name : names_in(slaves)) {
    std::error_code failed;
    found.insert(fs::canonical(slaves + "/" + name, failed));
  }
  if (found.size() != 1 || found.begin()->empty())
    return Error{ErrorCode::file_unreadable, "the root is no mapping of one partition (" + slaves + ")"};
  return *found.begin();
}

Result<std::string> image_version(const std::string& root) {
  constexpr std::string_view kKey = "\nIMAGE_VERSION=";
  const std::string path = root + "/usr/lib/os-release", text = "\n" + octets_of(path);
  const std::size_t key = text.find(kKey);
  if (key == text.npos) return Error{ErrorCode::text_malformed, path + " names no version"};
  const std::size_t at = key + kKey.size();
  return text.substr(at, text.find('\n', at) - at);
}

}  // namespace gw::hal
