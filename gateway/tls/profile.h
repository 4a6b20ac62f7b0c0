#pragma once

#include <openssl/ssl.h>

#include <string>

#include "base/result.h"
#include "model/configuration.h"

namespace gw::tls {

/// Puts a profile's exact versions, suites, groups and signatures on a context (NET-01, NET-02, NET-03), and
/// what all profiles share: no compression, no renegotiation, no early data (NET-05). tls.setup_failed.
Result<> apply_profile(SSL_CTX* context, model::ProfileName profile);

/// The profile as OpenSSL resolved it, one fact a line, for auditors and the golden file.
std::string effective_profile(model::ProfileName profile);

}  // namespace gw::tls
