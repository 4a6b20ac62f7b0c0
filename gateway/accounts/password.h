#pragma once

#include <string_view>

#include "accounts/password_hash.h"

namespace gw::accounts {

// Passwords rest as Argon2id (RFC 9106, ADM-10). The octets of the password are taken as they were typed: no
// Unicode normalisation, so "が" as one character and as two are different passwords.

/// 19 MiB, two passes, one lane: about 40 ms of the box's processor. Whoever checks a password does nothing
/// else meanwhile (controld has one thread), so that this bounds how long a stranger can hold up records with
/// one attempt. More memory would be better still (RFC 9106 4); hashes name their cost, so that it can be
/// raised.
inline constexpr PasswordCost kPasswordCost{.memory = 19 * 1024, .passes = 2, .lanes = 1};

/// With a random salt of 128 bits; the tag has 256. Takes the memory that `cost` says while it runs; that it
/// cannot be had ends the process.
PasswordHash hash_password(std::string_view password, PasswordCost cost);
/// In a time that depends on the hash's cost, and not on where the difference is.
bool matches(const PasswordHash& hash, std::string_view password);

}  // namespace gw::accounts
