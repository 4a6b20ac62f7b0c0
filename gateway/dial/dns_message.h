#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "dns/protocol.h"
#include "model/address.h"

namespace gw::dial::dns {

using gw::dns::kUdpPayload;

/// What is asked for: an IPv4 address (RFC 1035 3.4.1) or an IPv6 address (RFC 3596 2.1).
enum class Type : std::uint16_t { a = 1, aaaa = 28 };

/// One question. The id is the asker's secret: an answer without it is nobody's answer.
struct Question {
  std::uint16_t id = 0;
  Type type = Type::a;
  std::string name{};  ///< a host name, see is_host_name()
};

enum class Verdict : std::uint8_t {
  found,      ///< there are addresses
  absent,     ///< the name does not exist or has no address of this type (RFC 2308)
  truncated,  ///< ask again over TCP
  failed,     ///< the server could not or would not say
};

struct Answer {
  Verdict verdict = Verdict::failed;
  std::vector<model::IpAddress> addresses{};
  /// The shortest of all records that led to the addresses; of `absent` the SOA's (RFC 2308 5), else zero.
  std::chrono::seconds ttl{0};
};

/// The message to send: recursion desired, EDNS0 with kUdpPayload (RFC 6891 6.2.3).
std::vector<std::uint8_t> write_query(const Question& question);

/// What a received message says to the question. dns.malformed if it cannot be read or answers another
/// question; over UDP such a message is to be ignored, since anybody may have sent it (RFC 5452 9.1).
Result<Answer> read_answer(Bytes message, const Question& question);

inline constexpr std::size_t kMaxAddresses = 32;  ///< of one answer; the rest is left out
inline constexpr std::size_t kMaxRecords = 256;   ///< a message with more is malformed
inline constexpr std::size_t kMaxAliases = 8;     ///< CNAME steps of one answer (RFC 1034 3.6.2)

}  // namespace gw::dial::dns
