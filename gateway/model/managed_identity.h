#pragma once

#include <string>

#include "model/renewal.h"

namespace gw::model {

/// The identities of one tenant, as its configuration says, for the renewer.
struct ManagedIdentities {
  std::vector<ManagedIdentity> identities{};
};
ManagedIdentities managed_identities_of(const Tenant& tenant);

/// The place of an identity's enrolment server, if it has one, in its tenant's dial table; `identity` is its
/// own in the list.
ServiceId target_of(const Tenant& tenant, std::size_t identity);

/// Where what is in use of an identity is: key and chain in one file, relative to the folder of identities.
inline std::string current_file_of(const std::string& tenant, const std::string& identity) {
  return tenant + "/" + identity + ".current";
}

/// What the box has of its identities, as conf-compile is handed it: every file that is in use.
struct KeptIdentities {
  struct File {
    std::string path{};  ///< as current_file_of() has it
    std::string text{};  ///< PEM: the key, of use in keyd alone, and the chain
  };
  std::vector<File> files{};
};

inline constexpr std::size_t kMostKeptIdentities = 1024;
/// Of all of them together, octets.
inline constexpr std::size_t kMostKeptText = 32 * 1024 * 1024;

template <class Io>
void visit(Io& io, ManagedIdentities& m) {
  io.list(m.identities, kMostIdentities);
}
template <class Io>
void visit(Io& io, KeptIdentities::File& f) {
  io.text(f.path, 2 * kMaxName + 16);
  io.text(f.text, kMostSlotText);
}
template <class Io>
void visit(Io& io, KeptIdentities& k) {
  io.list(k.files, kMostKeptIdentities);
}

}  // namespace gw::model
