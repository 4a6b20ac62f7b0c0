#include "net/settings.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/fd.h"
#include "model/kernel_settings.h"

namespace gw::net {
namespace {

using model::KernelSetting;

constexpr const char* kRoot = "/proc/sys/net/";

/// One file.
struct File {
  std::string name;  ///< beneath kRoot
  const KernelSetting* setting;
  bool of_an_interface = false;  ///< and not of "all" or "default", which always stand
};

struct CloseDirectory {
  void operator()(DIR* directory) const { ::closedir(directory); }
};

/// "all" and "default" first: they reach into the others.
Result<std::vector<std::string>> interfaces_in(const std::string& folder) {
  std::vector<std::string> out{"all", "default"};
  const std::unique_ptr<DIR, CloseDirectory> directory(::opendir((kRoot + folder).c_str()));
  if (!directory && errno == ENOENT) return std::vector<std::string>{};
  if (!directory) return system_error("open(" + folder + ")");
  while (const dirent* entry = ::readdir(directory.get())) {
    const std::string name = entry->d_name;
    if (!name.starts_with('.') && std::find(out.begin(), out.end(), name) == out.end()) out.push_back(name);
  }
  return out;
}

Result<std::vector<File>> files_of(const KernelSetting& setting) {
  const std::string name = setting.name;
  const std::size_t star = name.find('*');
  if (star == std::string::npos) return std::vector<File>{{name, &setting}};
  std::vector<File> out;
  GW_TRY(const auto interfaces, interfaces_in(name.substr(0, star)));
  for (const std::string& interface : interfaces) {
    const bool stays = interface == "all" || interface == "default";
    out.push_back({name.substr(0, star) + interface + name.substr(star + 1), &setting, !stays});
  }
  return out;
}

Result<std::vector<File>> all_files() {
  std::vector<File> out;
  for (const KernelSetting& setting : model::kKernelSettings) {
    GW_TRY(const auto files, files_of(setting));
    out.insert(out.end(), files.begin(), files.end());
  }
  return out;
}

/// Whether the call that just failed did so because the interface comes or goes meanwhile, as a proof's cable
/// does: its folder may stand a moment without its files. "all" and "default" tell what the kernel knows.
bool in_passing(const File& file) { return errno == ENOENT && file.of_an_interface; }

/// What stands in the file; nothing if there is none, which may be right.
Result<std::optional<std::string>> read(const File& file) {
  const UniqueFd fd(::open((kRoot + file.name).c_str(), O_RDONLY | O_CLOEXEC));
  const bool may_lack = file.setting->presence == model::Presence::where_known;
  if (!fd && errno == ENOENT && may_lack) return std::optional<std::string>{};
  if (!fd && in_passing(file)) return std::optional<std::string>{};
  if (!fd) return system_error("open(" + file.name + ")");
  std::array<char, 64> text{};
  const ssize_t size = ::read(fd.get(), text.data(), text.size());
  if (size < 0 && in_passing(file)) return std::optional<std::string>{};
  if (size < 0) return system_error("read(" + file.name + ")");
  std::string value(text.data(), static_cast<std::size_t>(size));
  value.erase(std::min(value.find('\n'), value.size()));
  return std::optional(value);
}

Result<> write(const File& file) {
  const UniqueFd fd(::open((kRoot + file.name).c_str(), O_WRONLY | O_CLOEXEC));
  if (!fd && in_passing(file)) return Done{};
  if (!fd) return system_error("open(" + file.name + ")");
  const std::string value = file.setting->value;
  if (::write(fd.get(), value.data(), value.size()) == static_cast<ssize_t>(value.size()) || in_passing(file))
    return Done{};
  return system_error("write(" + file.name + ")");
}

/// "net.ipv4.conf.lan0.20.rp_filter was 0": sysctl's own form, but a dot in an interface's name stays.
std::string sentence(const File& file, const std::string& value) {
  std::string name = "net/" + file.name;
  std::replace(name.begin(), name.end(), '/', '.');
  return "sysctl " + name + " was " + value;
}

/// Calls wrong(file, value) for each file with another value.
template <class Wrong>
Result<> for_each_wrong(const std::vector<File>& files, Wrong wrong) {
  for (const File& file : files) {
    GW_TRY(const auto value, read(file));
    if (value && *value != file.setting->value) GW_TRY(wrong(file, *value));
  }
  return Done{};
}

}  // namespace

Result<> settle_settings(Repairs& repairs) {
  GW_TRY(const auto files, all_files());
  const std::size_t before = repairs.count();
  GW_TRY(for_each_wrong(files, [&](const File& file, const std::string& value) -> Result<> {
    repairs.add(sentence(file, value));
    return Done{};
  }));
  if (repairs.count() == before) return Done{};
  GW_TRY(for_each_wrong(files, [](const File& file, const std::string&) { return write(file); }));
  return for_each_wrong(files, [](const File& file, const std::string& value) -> Result<> {
    return Error{ErrorCode::net_apply_failed, "not kept: " + sentence(file, value)};
  });
}

}  // namespace gw::net
