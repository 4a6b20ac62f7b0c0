#pragma once

#include <cstddef>
#include <cstdint>

// The numbers of the domain name system that both the asking and the answering side use.

namespace gw::dns {

inline constexpr std::size_t kHeaderSize = 12;  // RFC 1035 4.1.1
inline constexpr std::uint16_t kResponse = 0x8000, kOpcodeMask = 0x7800, kAuthoritative = 0x0400,
                               kTruncated = 0x0200, kRecursionDesired = 0x0100, kRcodeMask = 0x000f;

inline constexpr std::uint16_t kInternet = 1;  // class IN (RFC 1035 3.2.4)
inline constexpr std::uint16_t kTypeA = 1, kTypeCname = 5, kTypeSoa = 6, kTypeAaaa = 28, kTypeOpt = 41,
                               kTypeIxfr = 251, kTypeAxfr = 252, kTypeAny = 255;
inline constexpr std::uint16_t kFirstMetaType = 128;  // RFC 6895 3.1: questions and signatures, never data

enum class Rcode : std::uint16_t {
  no_error = 0,
  format_error = 1,
  name_error = 3,  ///< NXDOMAIN
  not_implemented = 4,
  refused = 5,
  bad_version = 16,  ///< RFC 6891 6.1.3; needs an OPT record
};

/// The largest message sent over UDP and asked for: fits every path without fragments.
inline constexpr std::uint16_t kUdpPayload = 1232;
inline constexpr std::uint16_t kPlainUdpPayload = 512;  // without EDNS0 (RFC 1035 4.2.1)

}  // namespace gw::dns
