#pragma once

#include <string>
#include <vector>

#include "pki/certificate.h"
#include "pki/life.h"

namespace gw::pki {

/// What people want to know of a certificate. Foreign text in it is escaped and cut. Nothing of it has been
/// verified.
struct Description {
  std::string subject{};
  std::string issuer{};
  std::vector<std::string> names{};
  std::vector<std::string> roles{};  ///< what the box would take it for, by its form alone
  std::string key{};                 ///< "P-256", "RSA, 2048 bits"
  std::string serial{};              ///< hexadecimal
  Life life{};
  Sha256 fingerprint{};
  Sha256 key_fingerprint{};
};

Description describe(const X509* certificate);
/// "P-256", "RSA, 2048 bits".
std::string key_text(const EVP_PKEY* key);
/// A pin as configurations have it (RFC 7469 2.4): "sha256/" and base64.
std::string pin_text(const Sha256& key_fingerprint);

}  // namespace gw::pki
