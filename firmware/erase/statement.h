#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"
#include "erase/paper.h"
#include "pki/certificate.h"
#include "pki/evidence_key.h"

namespace gw::erase {

struct NamedText {
  std::string_view name{};
  std::string text{};
};

// What a box leaves of its own end beside the paper: what it is about to do, signed with the key of its
// evidence while it has that; and what came of it, signed with a key that the first names and that was never
// anywhere but in this process's memory (decisions/0074). Ed25519, which `openssl pkeyutl -verify -rawin`
// checks as well.
inline constexpr std::string_view kPaper = "sekisho-erased.html", kIntent = "intent.txt",
                                  kIntentSignature = "intent.sig", kBoxKey = "box.pem",
                                  kResult = "result.txt", kResultSignature = "result.sig",
                                  kResultKey = "result.pem";

class Witness {
 public:
  /// With the evidence key in the state folder, and a key of its own. evidence.key_unusable if the box has
  /// none, or the file holds something else.
  static Result<Witness> of(const std::string& evidence_key);

  /// Signs what is ordered, before anything is touched; the keys' fingerprints go into the facts.
  Result<> declare(Facts& facts);
  /// What is signed before anything is touched, for whoever finds nothing else.
  Result<std::vector<NamedText>> announce() const;
  /// Signs what came of it. All files but the paper.
  Result<std::vector<NamedText>> testify(const Facts& facts, std::string_view paper) const;

 private:
  Witness(pki::EvidenceKey box, pki::EvidenceKey own) : box_(std::move(box)), own_(std::move(own)) {}

  pki::EvidenceKey box_, own_;
  std::string intent_{}, intent_signature_{};
};

/// What somebody finds who was handed those files.
struct Testimony {
  std::vector<std::string> faults{};  ///< names of what is missing, or not what was signed
  pki::Sha256 box{};                  ///< fingerprint of the key that signed the intent
  std::string intent{}, result{};     ///< what they say, of files without a fault
  bool is_erased = false;             ///< the result says that all was erased and read back
};
/// `signer`: the box's evidence key, as it is known from elsewhere (its report of the installation).
Testimony verify(const std::vector<NamedText>& files, const std::optional<pki::Sha256>& signer);
std::string words_of(const Testimony& testimony, bool is_signer_known, Language language);

}  // namespace gw::erase
