#pragma once

#include "base/result.h"

namespace gw::tls {

/// Makes libcrypto offer the algorithms of our profiles and no others, by putting a provider in front of
/// OpenSSL's own whose tables are cut down. What is not in the table cannot be negotiated by any mistake
/// (NET-03), and each handshake is spared OpenSSL's walk through everything it ever supported, which costs
/// more than the mathematics. Call once, before anything else uses libcrypto. tls.setup_failed.
Result<> install_provider();

}  // namespace gw::tls
