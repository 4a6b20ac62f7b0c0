#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "tls/first_message.h"
#include "tls/hello_fingerprint.h"

namespace gw::tls {

/// What is read of a terminal's first flight before any TLS object exists for it.
struct ClientHello {
  std::string server_name{};  ///< host_name of RFC 6066 3, lower case; empty if none was sent
  bool offers_early_data = false;
  bool is_encrypted =
      false;  ///< it may hold another hello that nobody else can read, or pretends to (ECH, RFC 9849)
  std::vector<std::uint16_t>
      versions{};  ///< as on the wire (0x0304 is TLS 1.3): those offered, or the legacy one
  HelloFingerprint fingerprint{};
};

using HelloRead = std::variant<NeedMore, ClientHello>;

/// Reads the ClientHello at the start of a TCP stream without consuming it; it may be spread over several
/// records (RFC 8446 5.1) and packets.
class ClientHelloReader {
 public:
  /// `after_retry`: the second one of a handshake (RFC 8446 4.1.4).
  explicit ClientHelloReader(bool after_retry = false);
  /// `stream` is all of it from its first octet; goes on where it was. tls.client_hello_malformed for
  /// anything that is no such thing.
  Result<HelloRead> go_on(Bytes stream);

 private:
  MessageReader message_;
};
/// The same of what is there already.
Result<HelloRead> read_client_hello(Bytes so_far);

}  // namespace gw::tls
