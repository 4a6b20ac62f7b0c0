#include "recovery/printed_key.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include "base/text.h"

namespace gw::recovery {
namespace {

constexpr std::string_view kLetters =
    "cbdefghijklnrtuv";  // those whose keys are in one place on every keyboard
constexpr std::size_t kGroup = 8, kCount = 64;
/// Between letters, or in front of them: blanks, ends of lines, dashes, a byte order mark.
constexpr std::string_view kBetween[] = {" ",      "\t",     "\r",     "\n",     "-",      "\u00a0",
                                         "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2015",
                                         "\u2212", "\u3000", "\u30fc", "\uff0d", "\uff70", "\ufeff"};

struct Sign {
  std::size_t size = 1;  ///< octets
  char letter = 0;       ///< in lower case, if it is one character of ASCII, or a wide one (U+FF01 to U+FF5E)
  bool is_between = false;
};

Sign sign_at(std::string_view text) {
  for (const std::string_view between : kBetween)
    if (text.starts_with(between)) return {between.size(), 0, true};
  const auto octet = [&](std::size_t at) { return static_cast<std::uint8_t>(text[at]); };
  std::uint32_t code = octet(0);
  const std::size_t size = std::max<std::size_t>(1, utf8_length(text));
  if (size == 3) code = (code & 0xfu) << 12 | (octet(1) & 0x3fu) << 6 | (octet(2) & 0x3fu);
  if (code >= 0xff01 && code <= 0xff5e) code -= 0xfee0;
  if (code >= 'A' && code <= 'Z') code += 'a' - 'A';
  return {size, code > ' ' && code <= '~' ? static_cast<char>(code) : '\0', false};
}

std::string place_of(std::size_t letter) {
  return "letter " + std::to_string(letter + 1) + " (group " + std::to_string(letter / kGroup + 1) +
         ", letter " + std::to_string(letter % kGroup + 1) + ")";
}

/// What is wrong with it; nothing is said of what is right.
std::string objection_to(std::string_view copied) {
  std::size_t count = 0;
  for (Sign sign; !copied.empty(); copied.remove_prefix(sign.size)) {
    sign = sign_at(copied);
    if (sign.is_between) continue;
    if (count == kCount) return "it has more than the 64 letters of a recovery key";
    if (sign.letter == 0) return place_of(count) + " is no letter";
    if (kLetters.find(sign.letter) == kLetters.npos)
      return place_of(count) + " is " + sign.letter + ", which no recovery key has: its letters are " +
             std::string(kLetters);
    ++count;
  }
  return count == kCount ? "" : "it has " + std::to_string(count) + " letters, and a recovery key has 64";
}

}  // namespace

Result<Secret> printed_key(std::string_view copied) {
  if (std::string wrong = objection_to(copied); !wrong.empty())
    return Error{ErrorCode::text_malformed, std::move(wrong)};
  std::string key;
  key.reserve(kCount + kCount / kGroup);  // in one place, which is wiped
  std::size_t count = 0;
  for (Sign sign; !copied.empty(); copied.remove_prefix(sign.size)) {
    sign = sign_at(copied);
    if (sign.is_between) continue;
    if (count != 0 && count % kGroup == 0) key += '-';
    key += sign.letter;
    ++count;
  }
  return Secret(std::move(key));
}

}  // namespace gw::recovery
