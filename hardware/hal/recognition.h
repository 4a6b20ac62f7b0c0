#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "hal/profile.h"

namespace gw::hal {

/// What a board says of itself.
struct Identity {
  std::map<std::string, std::string> dmi{};  ///< those of kDmiKeys that it has
  std::vector<std::string> compatible{};     ///< of its device tree
  std::string to_text() const;
};

/// `sys` is where sysfs is mounted. Of a machine that says nothing of itself all is empty.
Identity identity_of(const std::string& sys);

/// The profile that fits, and of several the one that asks for more; nullptr of none: an unknown board, whose
/// interfaces keep their names. config.name.repeated if two ask for as much: one of them has to ask for more.
Result<const Profile*> board_of(const std::vector<Profile>& profiles, const Identity& identity);

}  // namespace gw::hal
