#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/bytes.h"

namespace gw::tls {

/// By which a terminal's TLS client is known again, whichever name it asks for: 36 characters of ASCII in the
/// style of JA4, such as "t13d1516h2_8daaf6152771_e5627efa2ab1". No proof of anything: whoever wants to can
/// send the hello of another client.
///
/// - "t", the highest version offered ("13", "12", "11", "10", "s3"; others "00"), "d" with a server_name and
///   "i" without, how many suites and how many extensions (two digits, at most 99), and the first and the
///   last character of the first protocol of ALPN ("00": there is none; if one of the two is neither a letter
///   nor a digit, the first and the last of their hexadecimal digits);
/// - 12 hexadecimal digits of the SHA-256 of the suites: four digits each, sorted, joined by commas;
/// - 12 of that of the extensions without server_name and ALPN, written likewise, and behind "_" the
///   signature algorithms in the client's order. Of nothing: twelve zeros.
///
/// Reserved values (GREASE, RFC 8701) are left out everywhere. So is what comes and goes with a session and
/// not with a client, of which JA4 counts all: padding (RFC 7685), and the early_data, pre_shared_key and
/// cookie of RFC 8446. Of a list the first 128 count.
using HelloFingerprint = std::array<char, 36>;

inline std::string_view text_of(const HelloFingerprint& fingerprint) {
  return {fingerprint.data(), fingerprint.size()};
}

/// The vectors of a ClientHello's suites and extensions, without their lengths, and the versions offered.
/// Allocates nothing of its own.
HelloFingerprint fingerprint_of(Bytes suites, Bytes extensions, std::span<const std::uint16_t> versions);

}  // namespace gw::tls
