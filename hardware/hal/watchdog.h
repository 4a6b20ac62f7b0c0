#pragma once

#include <string>
#include <vector>

namespace gw::hal {

/// A watchdog as the kernel shows it. Fed by systemd; here it is looked at only.
struct WatchdogSight {
  std::string device{};    ///< "watchdog0"
  std::string identity{};  ///< "iTCO_wdt"
  std::string state{};     ///< "active", "inactive"
  std::string timeout{};   ///< seconds
};
std::vector<WatchdogSight> look_at_watchdogs(const std::string& sys);

/// "2.0", "1.2"; empty: the machine has none that the kernel knows.
std::string tpm_version(const std::string& sys);

}  // namespace gw::hal
