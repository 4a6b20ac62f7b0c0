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
    unsealed,         ///< sha256sums.txt, seal.txt, seal.sig or signer.pem is missing or is none
    other_signer,     ///< signed with another key than the one that was expected
    wrong_signature,  ///< seal.sig is not the signer's over seal.txt
    wrong_sums,       ///< seal.txt is of another sha256sums.txt
    changed,          ///< a file is another one than sha256sums.txt has, or no plain file
    missing,          ///< a file of sha256sums.txt is not there
    added,            ///< a file is there that sha256sums.txt does not have
  };
  struct Found {
    Fault fault{};
    std::string file{};
  };
  std::vector<Found> faults{};
  std::optional<Seal> seal{};
  pki::Sha256 signer{};             ///< SHA-256 of its SubjectPublicKeyInfo, as it was found
  bool is_signer_expected = false;  ///< somebody said which key it has to be
  bool is_part = false;             ///< somebody said that not all was handed over
  std::size_t files = 0;            ///< that the box signed
  std::size_t left_out = 0;         ///< of them; of a part alone

  /// As `signer` signed it; whether that is the box's key, only whoever knows the key can say.
  bool is_whole() const { return faults.empty(); }
};

/// `files`: everything in the archive or folder. `signer`: as it is known from elsewhere; nothing: whoever
/// signed is named, and believed. `is_part`: files of the sums may be missing, which is counted and no fault.
Verdict verify(const std::vector<File>& files, const std::optional<pki::Sha256>& signer,
               bool is_part = false);

/// A name that no box gave is put in quotes, what a terminal would not show as it is as "\x1b".
std::string words_of(const Verdict& verdict, Language language);
std::string json_of(const Verdict& verdict);

}  // namespace gw::evidence
