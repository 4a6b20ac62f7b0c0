#pragma once

#include <string>

namespace gw::hal {

/// Where the kernel and the image have what we look for. All beneath one folder in tests.
struct Places {
  std::string sys = "/sys";
  std::string dev = "/dev";
  std::string run = "/run";
  std::string boards = "/usr/share/sekisho/boards";

  static Places beneath(const std::string& root) {
    return {root + "/sys", root + "/dev", root + "/run", root + "/boards"};
  }
  std::string supervisor() const { return run + "/sekisho"; }   ///< its run folder
  std::string board() const { return run + "/sekisho-board"; }  ///< of sekisho-board and sekisho-panel
  std::string links() const { return run + "/systemd/network"; }
};
inline constexpr const char *kProfileFile = "profile", *kWearFile = "wear", *kResetFile = "reset";

}  // namespace gw::hal
