#pragma once

#include <string_view>
#include <vector>

#include "control/packs_found.h"
#include "papers/profile.h"
#include "pki/certificate.h"

namespace gw::control {

/// What a vendor has published about a service, and which file exactly that was (GOV-02).
struct ProfileFound {
  papers::Profile profile{};
  pki::Sha256 digest{};  ///< of the file
};

/// The service profiles that were put on the box, each once. They are nobody's signature's: whoever writes a
/// vendor's answer into one names the letter as its place, and evidence names the file by its digest.
struct ProfilesFound {
  std::vector<ProfileFound> known{};
  std::vector<PackRefused> refused{};

  /// Of the service that is called as the profile, or as the profile with "-" and more behind it; of several
  /// the longest. nullptr: nobody put one there.
  const ProfileFound* of(std::string_view service) const;
};
ProfilesFound judge_profiles(const PackFolder& folder);

}  // namespace gw::control
