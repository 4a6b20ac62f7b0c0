#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace gw::token {

/// Where in a PKCS#11 token a private key is (RFC 7512 2.3). What is not said fits every token or key.
struct Uri {
  std::optional<std::string> token, manufacturer, model, serial;
  std::optional<std::string> object;  ///< the key's label
  std::optional<std::string> id;      ///< the key's identifier, octets
};

/// key.unreadable if it names neither object nor id, or anything that we would not heed: a module or a PIN
/// has no place in a key file.
Result<Uri> parse_uri(std::string_view text);

/// The URI in the block that pkcs11-provider writes in a key's place:
/// SEQUENCE { VisibleString "PKCS#11 Provider URI v1.0", UTF8String uri }.
Result<Uri> read_uri_file(Bytes der);
/// PEM, of a URI as it is.
std::string write_uri_file(std::string_view uri);

}  // namespace gw::token
