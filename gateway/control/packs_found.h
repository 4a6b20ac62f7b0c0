#pragma once

#include <string>
#include <vector>

#include "base/fd.h"
#include "evidence/document.h"

namespace gw::control {

/// A file that was passed over.
struct PackRefused {
  std::string file{};
  std::string why{};
};

/// What a folder of rule packs, or of service profiles, holds, as it is.
struct PackFolder {
  struct File {
    std::string name{};
    std::string text{};
    std::string signature{};  ///< what lies beside it; empty: nothing does
  };
  std::vector<File> files{};              ///< by name
  std::string signer{};                   ///< kPackSigner, PEM; empty: there is none
  std::vector<PackRefused> unreadable{};  ///< no packs keep nobody from starting
};
inline constexpr const char* kPackSigner = "vendor.pem";

/// All `*.yaml` of it, at most kMostPackFiles.
inline constexpr std::size_t kMostPackFiles = 64;
PackFolder read_packs(const UniqueFd& folder);

/// The rule packs that the box came with (GOV-01), each once.
struct PacksFound {
  std::vector<evidence::Judged> judged{};
  std::vector<PackRefused> refused{};
};
/// Where there is a signer, each pack has to have his signature (packs/seal.h), which is looked at before the
/// pack is read; where there is none, packs are taken unsigned, and evidence says so.
PacksFound judge_packs(const PackFolder& folder);

}  // namespace gw::control
