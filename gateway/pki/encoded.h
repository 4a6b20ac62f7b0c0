#pragma once

#include <openssl/crypto.h>

#include <cstdint>
#include <vector>

#include "base/check.h"

namespace gw::pki {

/// DER by one of libcrypto's i2d_ functions. The object is whole, so there is no error but to be out of
/// memory.
template <class Write, class Object>
std::vector<std::uint8_t> encoded(Write write, Object* object) {
  unsigned char* der = nullptr;
  const int size = write(object, &der);
  GW_CHECK(size > 0, "an object that was read or made can be written");
  std::vector<std::uint8_t> out(der, der + size);
  OPENSSL_free(der);
  return out;
}

}  // namespace gw::pki
