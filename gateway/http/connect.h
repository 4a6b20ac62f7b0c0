#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/bytes.h"

namespace gw::http {

// HTTP CONNECT (RFC 9110 9.3.6) as values over octets, as a proxy hears and answers it.

/// "CONNECT host:port", whole.
struct ConnectRequest {
  std::string host{};  ///< in lower case; a name or an address, which nobody has judged yet
  std::uint16_t port = 0;
  std::size_t size = 0;  ///< octets of the head; what follows belongs to the tunnel
};
/// Something that is no such request, or none that is answered otherwise.
struct OtherRequest {
  unsigned status = 0;  ///< that it is answered with
  std::string why{};    ///< for records: no octet of it is in there
};
struct HalfRequest {};
using ConnectRead = std::variant<HalfRequest, ConnectRequest, OtherRequest>;
using ConnectAsked = std::variant<ConnectRequest, OtherRequest>;

/// Longest head that is read, octets.
inline constexpr std::size_t kMostConnectHead = 8 * 1024;

/// Reads the request at the start of a stream.
ConnectRead read_connect(Bytes so_far);
/// False: behind the `looked_at` octets that read_connect() was shown nothing has come that would let it say
/// more. So a head that trickles in is not read anew with each octet.
bool may_be_whole(Bytes so_far, std::size_t looked_at);

/// What a whole head asks for, in any version of HTTP. `target` is in authority-form (RFC 9112 3.2.3; HTTP/2
/// has it in :authority).
ConnectAsked asked_by(std::string_view method, std::string_view target, bool has_content);
/// The answer to a head that is longer than is read.
OtherRequest too_long();

/// Why somebody gets no tunnel.
struct Refusal {
  unsigned status = 0;
  std::string error{};  ///< its type of RFC 9209 2.3, for programs
  std::string words{};  ///< for people
};
/// What a refusal says in any version of HTTP: its fields and its body.
std::vector<std::pair<std::string, std::string>> fields_of(const Refusal& refusal);
std::string body_of(const Refusal& refusal);

/// 200 without a body: what follows is the tunnel's.
std::string tunnel_answer();
std::string refusal_answer(const Refusal& refusal);

}  // namespace gw::http
