#include "hal/kernel_file.h"

#include <fcntl.h>
#include <fnmatch.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "base/fd.h"

namespace gw::hal {

std::string octets_of(const std::string& path) {
  const UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  std::array<char, 4096> octets{};
  const ssize_t size = file ? ::read(file.get(), octets.data(), octets.size()) : -1;
  return size > 0 ? std::string(octets.data(), static_cast<std::size_t>(size)) : std::string();
}

std::string text_of(const std::string& path) {
  std::string text = octets_of(path);
  const std::size_t last = text.find_last_not_of(" \t\n\0");
  text.resize(last == text.npos ? 0 : last + 1);
  return text;
}

std::vector<std::string> names_in(const std::string& folder) {
  std::vector<std::string> out;
  std::error_code failed;
  for (std::filesystem::directory_iterator each(folder, failed), end; !failed && each != end;
       each.increment(failed))
    out.push_back(each->path().filename().string());
  std::ranges::sort(out);
  return out;
}

std::vector<std::string> names_like(const std::string& folder, const std::string& pattern) {
  std::vector<std::string> out = names_in(folder);
  std::erase_if(out,
                [&](const std::string& name) { return ::fnmatch(pattern.c_str(), name.c_str(), 0) != 0; });
  return out;
}

}  // namespace gw::hal
