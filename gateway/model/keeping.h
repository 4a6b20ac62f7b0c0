#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace gw::model {

/// Where a key is kept; each row is weaker than the one before.
enum class Keeping : std::uint8_t {
  tpm,             ///< made and used inside a TPM 2.0; never leaves it (CRT-01)
  token,           ///< inside a PKCS#11 token
  encrypted_file,  ///< in a file, encrypted with a secret of this box
  plain_file,      ///< in a file that whoever reads it can copy
};

/// Labels of PEM blocks that say where a key is instead of holding it.
inline constexpr const char* kTpmKeyLabel = "TSS2 PRIVATE KEY";
inline constexpr const char* kTokenKeyLabel = "PKCS#11 PROVIDER URI";

/// By the label of the first key in a PEM text, which is not read any further; nothing if there is none.
std::optional<Keeping> keeping_of(std::string_view pem);
/// "tpm", "token", "encrypted_file", "plain_file".
const char* to_string(Keeping keeping);

}  // namespace gw::model
