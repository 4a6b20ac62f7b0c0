#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/files.h"
#include "pki/certificate.h"

namespace gw::evidence {

/// `sha256sums.txt` of the files, as `sha256sum --check` reads it: in the files' order.
std::string sums_of(const std::vector<File>& files);

/// What the box signs: that it made files with these sums, then. It begins like nothing else that is signed
/// with that key (model/checkpoint.h, backup/seal.h).
struct Seal {
  pki::Sha256 sums{};            ///< of the octets of sha256sums.txt
  std::chrono::seconds made{0};  ///< since 1970, UTC

  friend bool operator==(const Seal&, const Seal&) = default;
};
/// Three lines.
std::string text_of(const Seal& seal);
/// Of exactly that text.
std::optional<Seal> parse_seal(std::string_view text);

// In the archive beside the files: what the octets of a signature are over, the signature (ECDSA with
// SHA-256, DER, RFC 5480) and the public half of the key (PEM). `openssl dgst -sha256 -verify signer.pem
// -signature seal.sig seal.txt` checks them.
inline constexpr std::string_view kSums = "sha256sums.txt", kSeal = "seal.txt", kSignature = "seal.sig",
                                  kSigner = "signer.pem";

}  // namespace gw::evidence
