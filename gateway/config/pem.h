#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace gw::config {

/// The CERTIFICATE blocks of a PEM text (RFC 7468) and nothing else of it, so that no comment, let alone a
/// private key, travels into a compartment. Refuses a text without such a block, with a broken one, or with a
/// private key. What is inside the blocks is pki's business.
Result<std::string> certificate_blocks(std::string_view text);

/// The same of a file in which a key stands before its chain: the key stays where it is. For the box's own
/// identities alone.
Result<std::string> certificates_beside_key(std::string_view text);

/// A revocation list as it travels: the one X509 CRL block of a PEM text (RFC 7468 6) and nothing else of it,
/// or DER as it stands, which must be one whole SEQUENCE. Who issued it and what it says is pki's business.
Result<std::string> revocation_list_octets(std::string_view text);

/// The one PUBLIC KEY block of a PEM text (RFC 7468 13) and nothing else of it. What kind of key it is is
/// pki's business.
Result<std::string> public_key_block(std::string_view text);

}  // namespace gw::config
