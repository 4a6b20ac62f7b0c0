#include "hal/watchdog.h"

#include "hal/kernel_file.h"

namespace gw::hal {

std::vector<WatchdogSight> look_at_watchdogs(const std::string& sys) {
  std::vector<WatchdogSight> out;
  for (const std::string& name : names_like(sys + "/class/watchdog", "watchdog*")) {
    const std::string folder = sys + "/class/watchdog/" + name;
    out.push_back(
        {name, text_of(folder + "/identity"), text_of(folder + "/state"), text_of(folder + "/timeout")});
  }
  return out;
}

std::string tpm_version(const std::string& sys) {
  const std::string major = text_of(sys + "/class/tpm/tpm0/tpm_version_major");
  if (major.empty()) return {};
  return major + (major == "2" ? ".0" : ".2");
}

}  // namespace gw::hal
