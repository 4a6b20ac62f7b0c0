#include "hal/kernel_file.h"
#include "hal/reading.h"
#include "hal/shelf.h"
#include "sys/durable_file.h"

namespace gw::hal {

Result<std::vector<Profile>> profiles_in(const std::string& folder) {
  std::vector<Profile> out;
  for (const std::string& name : names_like(folder, "*.yaml")) {
    const std::string path = folder + "/" + name;
    GW_TRY(const auto bytes, sys::read_kept(path, kMostProfile));
    Reading reading = read_profile(as_text(bytes));
    if (!reading.profile) return Error{ErrorCode::config_unreadable, config::to_text(reading.problems, path)};
    out.push_back(*std::move(reading.profile));
  }
  return out;
}

}  // namespace gw::hal
