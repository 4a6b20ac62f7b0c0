#pragma once

#include <optional>

#include "base/result.h"
#include "base/secret.h"
#include "cli/call.h"
#include "keys/private_key.h"

namespace gw::cli {

/// The wrapping secret that --secret names; an empty optional inside if it names none. Nothing, with a
/// complaint and the exit code, if the file cannot be read.
std::optional<std::optional<Secret>> secret_of(const Call& call, int& code);

/// The key in a file, encrypted or not. Keys in a TPM or a token are key.unavailable: this program has
/// neither, and their request says the same.
Result<keys::PrivateKeyPtr> open_key_file(const Secret& pem, const std::optional<Secret>& secret,
                                          Language language);

/// SubjectPublicKeyInfo of what a file holds: a private key, or a request, whose key may then be anywhere.
Result<std::vector<std::uint8_t>> public_half_in(const Secret& text, const std::optional<Secret>& secret,
                                                 Language language);

}  // namespace gw::cli
