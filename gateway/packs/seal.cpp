#include "packs/seal.h"

#include "pki/signed_file.h"

namespace gw::packs {
namespace {

constexpr std::string_view kKind = "rule pack";

}  // namespace

pki::Sha256 digest_of(std::string_view file) { return pki::sha256_of(as_bytes(file)); }

std::string statement_of(const pki::Sha256& digest) { return pki::statement_of(kKind, digest); }

bool is_signed(std::string_view file, Bytes signature, const pki::SignerKey& signer) {
  return pki::is_signed(kKind, file, signature, signer);
}

}  // namespace gw::packs
