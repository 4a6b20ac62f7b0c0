#pragma once

#include <optional>

#include "base/bytes.h"
#include "dns/protocol.h"
#include "dns/reader.h"

namespace gw::names {

/// The one question of a message (RFC 9619).
struct Question {
  dns::WireName name{};  ///< in lower case, for comparing
  Bytes octets{};        ///< name, type and class as they were sent: an answer repeats them, case and all
  std::uint16_t type = 0;
  std::uint16_t question_class = 0;
};

/// What the asker says of itself in an OPT record (RFC 6891 6.1).
struct Edns {
  std::uint16_t payload = 0;  ///< the largest answer it takes over UDP
  std::uint8_t version = 0;
  bool dnssec_ok = false;  ///< repeated, never acted on (RFC 3225 3)
};

/// A message somebody sent, read and bounded but not yet judged. Points into the message.
struct Request {
  std::uint16_t id = 0;
  std::uint16_t flags = 0;
  std::optional<Question> question{};
  std::optional<Edns> edns{};
  /// no_error, or what is wrong with the message itself; then nothing else of it is used.
  dns::Rcode flaw = dns::Rcode::no_error;
};

/// Nothing if it must not be answered at all: too short for a header, or an answer itself. Two servers would
/// otherwise talk to each other for ever.
std::optional<Request> read_request(Bytes message);

}  // namespace gw::names
