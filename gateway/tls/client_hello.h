#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "base/bytes.h"
#include "base/result.h"

namespace gw::tls {

/// What is read of a terminal's first flight before any TLS object exists for it.
struct ClientHello {
  std::string server_name{};  ///< host_name of RFC 6066 3, lower case; empty if none was sent
  bool offers_early_data = false;
};

/// The bytes so far are a good beginning; more are needed.
struct NeedMore {};

using HelloRead = std::variant<NeedMore, ClientHello>;

/// A hello of a gigantic size is somebody else's idea of a ClientHello.
inline constexpr std::size_t kMaxClientHello = 64 * 1024;

/// Reads the ClientHello at the start of a TCP stream without consuming it; it may be spread over several
/// records (RFC 8446 5.1) and packets. tls.client_hello_malformed for anything that is no such thing.
Result<HelloRead> read_client_hello(Bytes so_far);

}  // namespace gw::tls
