#pragma once

#include <openssl/evp.h>

#include <memory>

#include "base/bytes.h"
#include "pki/certificate.h"
#include "pki/handles.h"

namespace gw::pki {

/// SHA-256 (FIPS 180-4) over octets that come one after the other.
class RunningSha256 {
 public:
  RunningSha256();
  void add(Bytes octets);
  /// Of all that was added. Nothing more may be.
  Sha256 end();

 private:
  std::unique_ptr<EVP_MD_CTX, Freer<EVP_MD_CTX_free>> context_;
};

}  // namespace gw::pki
