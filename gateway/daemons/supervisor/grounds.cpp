#include "grounds.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "model/kernel_settings.h"
#include "sys/namespaces.h"

namespace gw::supervisor {
namespace {

Result<> write_setting(const std::string& name, const model::KernelSetting& setting) {
  const std::string path = "/proc/sys/net/" + name, value = setting.value;
  const UniqueFd file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (!file && errno == ENOENT && setting.presence == model::Presence::where_known) return Done{};
  if (!file) return system_error("open(" + path + ")");
  if (::write(file.get(), value.data(), value.size()) != static_cast<ssize_t>(value.size()))
    return system_error("write(" + path + ")");
  return Done{};
}

/// "all" holds for what is there, "default" for interfaces that come in later.
Result<> write_everywhere(const model::KernelSetting& setting) {
  const std::string name = setting.name;
  const std::size_t star = name.find('*');
  if (star == std::string::npos) return write_setting(name, setting);
  for (const char* scope : {"all", "default"})
    GW_TRY(write_setting(name.substr(0, star) + scope + name.substr(star + 1), setting));
  return Done{};
}

Result<> write_settings(int ground) {
  GW_TRY(const sys::NetworkVisit visit, sys::NetworkVisit::enter(ground));
  for (const model::KernelSetting& setting : model::kKernelSettings) GW_TRY(write_everywhere(setting));
  return Done{};
}

}  // namespace

Result<Grounds> Grounds::make(const std::string& folder) {
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return system_error("mkdir(" + folder + ")");
  Grounds grounds;
  grounds.origin_ = Origin::fresh;
  grounds.folder_ = folder;
  GW_TRY(grounds.own_, sys::own_network());
  for (const auto& [name, ground] :
       {std::pair{"/lan", &grounds.lan_}, {"/wan", &grounds.wan_}, {"/mgmt", &grounds.mgmt_}}) {
    GW_TRY(std::optional<UniqueFd> left, sys::pinned_network(folder + name));
    if (left) {
      grounds.origin_ = Origin::inherited;
      *ground = *std::move(left);
      GW_TRY(write_settings(ground->get()));
      continue;
    }
    GW_TRY(*ground, sys::make_network());
    GW_TRY(write_settings(ground->get()));
    GW_TRY(sys::pin_network(ground->get(), folder + name));
  }
  return grounds;
}

Result<Grounds> Grounds::here() {
  Grounds grounds;
  for (UniqueFd* ground : {&grounds.own_, &grounds.lan_, &grounds.wan_, &grounds.mgmt_}) {
    GW_TRY(*ground, sys::own_network());
  }
  return grounds;
}

bool Grounds::outlive_us() const {
  using Status = struct stat;
  for (const auto& [name, ground] : {std::pair{"/lan", &lan_}, {"/wan", &wan_}, {"/mgmt", &mgmt_}}) {
    const Result<std::optional<UniqueFd>> pinned = sys::pinned_network(folder_ + name);
    Status ours{}, there{};
    if (!pinned || !*pinned || ::fstat(ground->get(), &ours) != 0 || ::fstat((*pinned)->get(), &there) != 0)
      return false;
    if (ours.st_ino != there.st_ino) return false;
  }
  return true;
}

std::optional<int> Grounds::network(Ground ground) const {
  switch (ground) {
    case Ground::none:
      return std::nullopt;
    case Ground::own:
      return own_.get();
    case Ground::lan:
      return lan_.get();
    case Ground::wan:
      return wan_.get();
    case Ground::mgmt:
      return mgmt_.get();
  }
  GW_CHECK(false, "a ground that is nowhere");
}

}  // namespace gw::supervisor
