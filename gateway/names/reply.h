#pragma once

#include <cstdint>
#include <vector>

#include "dns/protocol.h"
#include "model/address.h"
#include "names/request.h"

namespace gw::names {

/// Seconds an answer, or the word that there is none, may be kept: a terminal follows a publication within a
/// minute.
inline constexpr std::uint32_t kTtl = 60;

/// What the answer to a request is made of. Rows of every answer there is: answer.cpp.
struct Content {
  dns::Rcode rcode = dns::Rcode::no_error;
  bool authoritative = false;
  std::vector<model::IpAddress> addresses{};
  enum class Soa : std::uint8_t { none, in_answer, in_authority } soa = Soa::none;
  std::size_t apex = 0;  ///< where in the question's name the zone's own begins
  std::uint32_t serial = 0;
};

/// The message (RFC 1035 4.1): question as it was asked, names as pointers to it, an OPT record if the
/// request had one.
std::vector<std::uint8_t> write_reply(const Request& request, const Content& content);
/// The same without records, and with the word that there were some: ask over TCP (RFC 2181 9).
std::vector<std::uint8_t> write_truncated(const Request& request, const Content& content);

}  // namespace gw::names
