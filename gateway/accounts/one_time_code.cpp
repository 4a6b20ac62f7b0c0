#include "accounts/one_time_code.h"

#include "accounts/base32.h"
#include "accounts/random.h"
#include "accounts/typed.h"
#include "base/text.h"

namespace gw::accounts {
namespace {

/// What cannot be a letter of base32 is the letter it looks like.
char meant(char c) {
  switch (c) {
    case '0':
      return 'o';
    case '1':
      return 'l';
    case '8':
      return 'b';
    default:
      return c;
  }
}

Sha256 digest_of(const std::array<std::uint8_t, 16>& salt, std::string_view typed) {
  std::string salted(as_text(salt));
  for (const char c : tidy(typed).value_or("")) salted += meant(c);
  const Sha256 digest = sha256_of(as_bytes(salted));
  wipe(salted.data(), salted.size());
  return digest;
}

}  // namespace

Secret random_code() {
  constexpr std::size_t kOctets = 10, kGroup = 4;
  auto octets = random_octets<kOctets>();
  Secret letters(to_lower(to_base32(octets)));
  wipe(octets.data(), octets.size());
  std::string grouped;
  grouped.reserve(letters.view().size() * 2);  // so that it leaves no shorter copy behind
  for (std::size_t i = 0; i < letters.view().size(); ++i) {
    if (i != 0 && i % kGroup == 0) grouped += '-';
    grouped += letters.view()[i];
  }
  return Secret(std::move(grouped));
}

CodeHash hash_code(std::string_view typed) {
  CodeHash hash{random_octets<16>(), {}};
  hash.digest = digest_of(hash.salt, typed);
  return hash;
}

bool matches(const CodeHash& hash, std::string_view typed) {
  return are_same(digest_of(hash.salt, typed), hash.digest);
}

}  // namespace gw::accounts
