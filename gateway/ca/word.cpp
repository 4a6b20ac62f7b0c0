#include "ca/word.h"

#include <openssl/rand.h>

#include "base/check.h"

namespace gw::ca {
namespace {

// Without 0, 1, i, l, o and u.
constexpr std::string_view kLetters = "23456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t kLettersInAll = 20, kGroup = 4;
/// Octets above it would make some letters likelier than others.
constexpr unsigned kFair = 256 / kLetters.size() * kLetters.size();

std::string grouped(std::string_view letters) {
  std::string out;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (i != 0 && i % kGroup == 0) out += '-';
    out += letters[i];
  }
  return out;
}

}  // namespace

std::string random_word() {
  std::string letters;
  while (letters.size() < kLettersInAll) {
    unsigned char octet = 0;
    GW_CHECK(RAND_bytes(&octet, 1) == 1, "without random numbers there are no secrets");
    if (octet < kFair) letters += kLetters[octet % kLetters.size()];
  }
  return grouped(letters);
}

std::string tidy_word(std::string_view typed) {
  std::string letters;
  for (char c : typed) {
    if (c == '-' || c == ' ') continue;
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (kLetters.find(c) == std::string_view::npos) return {};
    letters += c;
  }
  return letters.size() == kLettersInAll ? grouped(letters) : std::string();
}

}  // namespace gw::ca
