#pragma once

#include <openssl/ssl.h>

#include <string>
#include <vector>

#include "base/result.h"
#include "model/configuration.h"

namespace gw::tls {

/// Puts a profile's exact versions, suites, groups and signatures on a context (NET-01, NET-02, NET-03), and
/// what all profiles share: no compression, no renegotiation, no early data (NET-05). tls.setup_failed.
Result<> apply_profile(SSL_CTX* context, model::ProfileName profile);

/// By its number on the wire.
bool has_version(model::ProfileName profile, std::uint16_t version);

struct Suite {
  std::uint16_t number = 0;  ///< on the wire
  std::string version{};     ///< "TLSv1.3"
  std::string name{};
};
/// As OpenSSL resolved them.
const std::vector<Suite>& suites_of(model::ProfileName profile);

/// The profile as OpenSSL resolved it, one fact a line, for auditors and the golden file.
std::string effective_profile(model::ProfileName profile);

}  // namespace gw::tls
