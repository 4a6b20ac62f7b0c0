#include "packs/seal.h"

#include "base/text.h"

namespace gw::packs {

pki::Sha256 digest_of(std::string_view file) { return pki::sha256_of(as_bytes(file)); }

std::string statement_of(const pki::Sha256& digest) {
  return "sekisho rule pack 1\nsha256 " + to_hex(digest) + "\n";
}

bool is_signed(std::string_view file, Bytes signature, const pki::SignerKey& signer) {
  return signer.has_signed(as_bytes(statement_of(digest_of(file))), signature);
}

}  // namespace gw::packs
