#include "support/elsewhere.h"

#include <openssl/crypto.h>
#include <openssl/provider.h>

#include "base/check.h"

namespace gw::support {

OSSL_LIB_CTX* elsewhere() {
  static OSSL_LIB_CTX* const context = [] {
    OSSL_LIB_CTX* made = OSSL_LIB_CTX_new();
    GW_CHECK(OSSL_PROVIDER_load(made, "default") != nullptr, "the default provider is part of libcrypto");
    return made;
  }();
  return context;
}

}  // namespace gw::support
