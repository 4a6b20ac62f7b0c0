#include "pki/signed_file.h"

#include "base/text.h"

namespace gw::pki {

std::string statement_of(std::string_view kind, const Sha256& digest) {
  return "sekisho " + std::string(kind) + " 1\nsha256 " + to_hex(digest) + "\n";
}

bool is_signed(std::string_view kind, std::string_view file, Bytes signature, const SignerKey& signer) {
  const std::string statement = statement_of(kind, sha256_of(as_bytes(file)));
  return signer.has_signed(as_bytes(statement), signature);
}

}  // namespace gw::pki
