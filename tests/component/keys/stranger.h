#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "keys/private_key.h"

namespace gw::keys {

/// Does the program `openssl`, which knows nothing of ours, find the signature good?
bool stranger_accepts(const std::vector<std::uint8_t>& public_key, model::SignatureScheme scheme,
                      Bytes message, const std::vector<std::uint8_t>& signature);

/// Signs a message in every way of the key's kind, and has the stranger look at each. `kind`: "EC" or "RSA".
void expect_signs_every_way(PrivateKey& key, std::string_view kind);

}  // namespace gw::keys
