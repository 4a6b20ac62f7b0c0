#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/clock.h"

namespace gw::accounts {

// Time-based one-time passwords (RFC 6238): HMAC-SHA-1, steps of 30 seconds, six digits. Apps read these from
// the URI and some take no others.

using TotpSecret = std::array<std::uint8_t, 20>;  ///< RFC 4226 4, R6: 160 bits

TotpSecret make_totp_secret();

/// RFC 4226 5.3, with leading zeros; `digits` from 6 to 8.
std::string hotp(Bytes secret, std::uint64_t counter, unsigned digits = 6);
std::uint64_t totp_step(CivilTime time);

/// The step whose code was typed: the one at `now`, the one before or the one after (RFC 6238 5.2), if it is
/// later than `last`, the step used last. Whoever keeps it as the last one makes a code count once (RFC
/// 6238 5.2).
std::optional<std::uint64_t> find_totp_step(Bytes secret, std::string_view typed, CivilTime now,
                                            std::uint64_t last);

/// otpauth://totp/… for a QR code. `issuer` and `account` are UTF-8. It holds the secret.
std::string totp_uri(Bytes secret, std::string_view issuer, std::string_view account);

}  // namespace gw::accounts
