#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "evidence/files.h"
#include "model/evidence_seal.h"

namespace gw::evidence {

/// `sha256sums.txt` of the files, as `sha256sum --check` reads it: in the files' order.
std::string sums_of(const std::vector<File>& files);

using Seal = model::EvidenceSeal;

// In the archive beside the files: what the octets of a signature are over, the signature (ECDSA with
// SHA-256, DER, RFC 5480) and the public half of the key (PEM). `openssl dgst -sha256 -verify signer.pem
// -signature seal.sig seal.txt` checks them.
inline constexpr std::string_view kSums = "sha256sums.txt", kSeal = "seal.txt", kSignature = "seal.sig",
                                  kSigner = "signer.pem";

}  // namespace gw::evidence
