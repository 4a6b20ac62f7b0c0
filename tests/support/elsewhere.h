#pragma once

#include <openssl/types.h>

namespace gw::support {

/// The libcrypto of another machine: terminals, clouds and authorities of the tests work in this context, so
/// that they neither profit from the product's own provider nor are held back by it.
OSSL_LIB_CTX* elsewhere();

}  // namespace gw::support
