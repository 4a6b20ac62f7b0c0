#pragma once

#include <cstdint>

namespace gw::model {

/// Where a key is kept; each row is weaker than the one before.
enum class Keeping : std::uint8_t {
  tpm,             ///< made and used inside a TPM 2.0; never leaves it (CRT-01)
  token,           ///< inside a PKCS#11 token
  encrypted_file,  ///< in a file, encrypted with a secret of this box
  plain_file,      ///< in a file that whoever reads it can copy
};

}  // namespace gw::model
