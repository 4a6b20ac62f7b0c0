#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/language.h"
#include "evidence/seal.h"

namespace gw::evidence {

/// What somebody finds who was handed evidence and has nothing else of the box.
struct Verdict {
  enum class Fault : std::uint8_t {
    unsealed,         ///< SHA256SUMS, SEAL, SEAL.sig or SIGNER.pem is missing or is none
    other_signer,     ///< signed with another key than the one that was expected
    wrong_signature,  ///< SEAL.sig is not the signer's over SEAL
    wrong_sums,       ///< SEAL is of another SHA256SUMS
    changed,          ///< a file is another one than SHA256SUMS has
    missing,          ///< a file of SHA256SUMS is not there
    added,            ///< a file is there that SHA256SUMS does not have
  };
  struct Found {
    Fault fault{};
    std::string file{};
  };
  std::vector<Found> faults{};
  std::optional<Seal> seal{};
  pki::Sha256 signer{};  ///< SHA-256 of its SubjectPublicKeyInfo, as it was found
  std::size_t files = 0;

  bool is_whole() const { return faults.empty(); }
};

/// `files`: everything in the archive or folder. `signer`: as it is known from elsewhere; nothing: whoever
/// signed is named, and believed.
Verdict verify(const std::vector<File>& files, const std::optional<pki::Sha256>& signer);

std::string words_of(const Verdict& verdict, Language language);
std::string json_of(const Verdict& verdict);

}  // namespace gw::evidence
