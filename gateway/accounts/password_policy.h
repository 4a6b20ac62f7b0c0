#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "accounts/password_hash.h"

namespace gw::accounts {

// What a new password must be (ADM-02): long, and not what others guess first. No rule about kinds of
// characters, and no change by date: both make people choose worse (NIST SP 800-63B 5.1.1.2).

inline constexpr std::size_t kLeastPassword = 13;  ///< characters: Unicode code points, well-formed UTF-8
inline constexpr std::size_t kMostPassword = 128;  ///< octets
inline constexpr std::size_t kKeptPasswords =
    3;  ///< earlier ones that are not taken again; each is one Argon2id run

enum class PasswordRefusal : std::uint8_t {
#define GW_PASSWORD_REFUSAL(name, id, japanese, english) name,
#include "accounts/password_refusals.def"
#undef GW_PASSWORD_REFUSAL
};
/// Stable text id.
std::string_view to_string(PasswordRefusal refusal);
std::string_view japanese_of(PasswordRefusal refusal);
std::string_view english_of(PasswordRefusal refusal);

/// Nothing: it may be taken. `names`: the account's own and the site's (clinic, tenants, product), of any
/// length; those of three octets and fewer are passed over, as they stand in words by chance.
std::optional<PasswordRefusal> judge_password(std::string_view password, std::span<const std::string> names);
/// Is it one of these?
std::optional<PasswordRefusal> judge_history(std::string_view password, std::span<const PasswordHash> kept);

}  // namespace gw::accounts
