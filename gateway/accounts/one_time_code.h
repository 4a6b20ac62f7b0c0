#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "accounts/digest.h"
#include "base/codec.h"
#include "base/secret.h"

namespace gw::accounts {

/// What is kept of a code that counts once: SHA-256 over a salt and the tidied code. Codes are random, 80
/// bits and more, so there is nothing for a slow hash to slow down: to try them all is out of reach, and
/// trying ten of them must not cost ten times Argon2id. The salt keeps equal codes of two boxes apart.
struct CodeHash {
  std::array<std::uint8_t, 16> salt{};
  Sha256 digest{};

  friend bool operator==(const CodeHash&, const CodeHash&) = default;
};

/// Eighty random bits for somebody to type: "k7mh-x2pq-…", four groups of four, of base32 (RFC 4648).
Secret random_code();
/// With a salt of its own. `typed` holds 80 random bits at least; whoever hands in another one is answerable.
CodeHash hash_code(std::string_view typed);
/// Blanks, hyphens, capitals and full-width letters do not matter, nor 0 for o, 1 for l, 8 for b.
bool matches(const CodeHash& hash, std::string_view typed);

template <class Io>
void visit(Io& io, CodeHash& hash) {
  io.field(hash.salt);
  io.field(hash.digest);
}

}  // namespace gw::accounts
