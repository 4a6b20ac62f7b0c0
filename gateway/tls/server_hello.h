#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "base/bytes.h"
#include "base/result.h"
#include "model/configuration.h"
#include "tls/first_message.h"

namespace gw::tls {

/// What a cloud answered to a terminal that it speaks TLS with itself. The box can read that much of a
/// session it does not open.
struct ServerHello {
  std::uint16_t version = 0;  ///< agreed on, as on the wire: 0x0304 is TLS 1.3
  std::uint16_t suite = 0;
  bool is_retry = false;   ///< it asks for another hello first (RFC 8446 4.1.4)
  std::size_t behind = 0;  ///< octets of its last record behind it
  std::size_t end = 0;     ///< octets of the stream up to the end of that record
};
/// The cloud refused in the place of an answer, by a fatal alert (RFC 8446 6.2).
struct Refusal {
  static constexpr std::size_t kEnd = 7;  ///< octets of the stream
  std::uint8_t description = 0;
};
using AnswerRead = std::variant<NeedMore, ServerHello, Refusal>;

/// Reads the ServerHello or HelloRetryRequest at the start of a TCP stream without consuming it.
class ServerHelloReader {
 public:
  /// `after_retry`: the answer to a second hello.
  explicit ServerHelloReader(bool after_retry = false);
  /// `stream` is all of it from its first octet; goes on where it was. tls.server_hello_malformed for
  /// anything that is neither it nor a fatal alert.
  Result<AnswerRead> go_on(Bytes stream);

 private:
  MessageReader message_;
};
/// The same of what is there already.
Result<AnswerRead> read_server_hello(Bytes so_far);

/// One of the versions is of the profile, as on the wire.
bool offers_version_of(model::ProfileName profile, const std::vector<std::uint16_t>& versions);
/// "TLSv1.3 TLS_AES_128_GCM_SHA256" if the profile has this version with this suite (NET-03).
std::optional<std::string> agreed_words(model::ProfileName profile, const ServerHello& hello);

}  // namespace gw::tls
