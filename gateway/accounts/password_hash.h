#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace gw::accounts {

/// What one Argon2id run costs (RFC 9106 3.1).
struct PasswordCost {
  std::uint32_t memory = 0;  ///< KiB
  std::uint32_t passes = 0;
  std::uint32_t lanes = 0;  ///< one thread works through all of them

  friend bool operator==(const PasswordCost&, const PasswordCost&) = default;
};

/// A password's hash with all that a check needs, as a PHC string (github.com/P-H-C/phc-string-format):
/// "$argon2id$v=19$m=19456,t=2,p=1$SALT$TAG", base64 (RFC 4648 4) without padding.
struct PasswordHash {
  PasswordCost cost{};
  std::vector<std::uint8_t> salt{};
  std::vector<std::uint8_t> tag{};

  std::string to_text() const;
  /// text.malformed: nothing that to_text() writes, or outside the bounds within which a check ends in
  /// bearable time and memory: a database that somebody has altered must not stop its keeper.
  static Result<PasswordHash> parse(std::string_view text);

  friend bool operator==(const PasswordHash&, const PasswordHash&) = default;
};

}  // namespace gw::accounts
