#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"
#include "ca/der.h"

namespace gw::ca {

/// Rounds of PBKDF2 for the key, the certificates and the seal each. As many as .NET's reader takes before it
/// refuses the file (Pkcs12LoaderLimits).
inline constexpr int kBundleRounds = 300'000;
/// The shortest password: sixteen random letters and digits are 80 bits and more.
inline constexpr std::size_t kLeastPassword = 16;

/// A private key with its certificate and those above it as PKCS#12 (RFC 7292), for terminals that cannot
/// make a request. Nothing older than PBES2 with AES-256-CBC and PBKDF2 with HMAC-SHA-256 inside (RFC 8018),
/// HMAC-SHA-256 as its seal; a reader that knows only RC2 and triple DES cannot open it. For a process that
/// has libcrypto whole: what is left of it for TLS alone (tls/provider.h) has no CBC.
/// \param key_pem unencrypted.
/// \param chain_pem the key's own certificate first.
/// \param label what the terminal's operator sees.
/// bundle.impossible for a short password; key.unreadable, certificate.unreadable,
/// key.does_not_match_certificate.
Result<Secret> pkcs12(const Secret& key_pem, std::string_view chain_pem, const Secret& password,
                      const std::string& label);

}  // namespace gw::ca
