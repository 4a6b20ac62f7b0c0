#include "accounts/password_policy.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <vector>

#include "accounts/common_words.h"
#include "accounts/password.h"
#include "base/secret.h"
#include "base/text.h"

namespace gw::accounts {
namespace {

struct Row {
  std::string_view id, japanese, english;
};
constexpr Row kRows[] = {
#define GW_PASSWORD_REFUSAL(name, id, japanese, english) {id, japanese, english},
#include "accounts/password_refusals.def"
#undef GW_PASSWORD_REFUSAL
};
const Row& row(PasswordRefusal refusal) { return kRows[static_cast<std::size_t>(refusal)]; }

/// Its characters; nothing if it is no UTF-8 or holds control characters.
std::optional<std::vector<std::string_view>> characters_of(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    const auto first = static_cast<unsigned char>(text.front());
    const bool is_c1 = length == 2 && first == 0xc2 && static_cast<unsigned char>(text[1]) < 0xa0;
    if (length == 0 || first < 0x20 || first == 0x7f || is_c1) return std::nullopt;
    out.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return out;
}

/// Few different characters, or a piece of at most half its length again and again.
bool is_monotonous(const std::vector<std::string_view>& characters) {
  constexpr std::size_t kLeastDifferent = 6;
  if (std::set(characters.begin(), characters.end()).size() < kLeastDifferent) return true;
  for (std::size_t period = 1; period <= characters.size() / 2; ++period)
    if (std::equal(characters.begin() + static_cast<std::ptrdiff_t>(period), characters.end(),
                   characters.begin()))
      return true;
  return false;
}

/// "P@ssw0rd" is read as "password".
std::string with_letters_for_signs(std::string text) {
  constexpr std::string_view kSigns = "013457@$!", kLetters = "oieastasi";
  for (char& c : text)
    if (const auto at = kSigns.find(c); at != std::string_view::npos) c = kLetters[at];
  return text;
}

/// 1234, dcba: each one up or down from the one before, four and more, or the same.
std::size_t run_at(std::string_view text, std::size_t at) {
  std::size_t longest = 0;
  for (const int step : {-1, 0, 1}) {
    std::size_t end = at + 1;
    while (end < text.size() && text[end] - text[end - 1] == step) ++end;
    longest = std::max(longest, end - at);
  }
  constexpr std::size_t kShortest = 4;
  return longest >= kShortest ? longest : 0;
}

std::size_t word_at(std::string_view text, std::size_t at) {
  std::size_t longest = 0;
  for (const std::string_view word : common_words())
    if (word.size() > longest && text.substr(at).starts_with(word)) longest = word.size();
  return longest;
}

/// How many characters of it are neither in common words nor in sequences.
std::size_t own_part_of(std::string_view text) {
  std::size_t own = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (const std::size_t known = std::max(word_at(text, at), run_at(text, at))) {
      at += known;
      continue;
    }
    own += 1;
    at += std::max<std::size_t>(1, utf8_length(text.substr(at)));
  }
  return own;
}

bool is_common(std::string_view lower) {
  constexpr std::size_t kLeastOwn = 6;
  return own_part_of(lower) < kLeastOwn ||
         own_part_of(with_letters_for_signs(std::string(lower))) < kLeastOwn;
}

bool holds_name(const std::string& lower, std::span<const std::string> names) {
  constexpr std::size_t kShortest = 4;
  const std::string plain = with_letters_for_signs(lower);
  return std::ranges::any_of(names, [&](const std::string& name) {
    const std::string word = to_lower(name);
    return word.size() >= kShortest &&
           (lower.find(word) != std::string::npos || plain.find(word) != std::string::npos);
  });
}

}  // namespace

std::string_view to_string(PasswordRefusal refusal) { return row(refusal).id; }
std::string_view japanese_of(PasswordRefusal refusal) { return row(refusal).japanese; }
std::string_view english_of(PasswordRefusal refusal) { return row(refusal).english; }

std::optional<PasswordRefusal> judge_password(std::string_view password, std::span<const std::string> names) {
  if (password.size() > kMostPassword) return PasswordRefusal::too_long;
  const auto characters = characters_of(password);
  if (!characters) return PasswordRefusal::malformed;
  if (characters->size() < kLeastPassword) return PasswordRefusal::too_short;
  if (is_monotonous(*characters)) return PasswordRefusal::monotonous;
  std::string lower = to_lower(password);
  std::optional<PasswordRefusal> found;
  if (holds_name(lower, names))
    found = PasswordRefusal::holds_name;
  else if (is_common(lower))
    found = PasswordRefusal::common;
  wipe(lower.data(), lower.size());
  return found;
}

std::optional<PasswordRefusal> judge_history(std::string_view password, std::span<const PasswordHash> kept) {
  const bool is_kept =
      std::ranges::any_of(kept, [&](const PasswordHash& hash) { return matches(hash, password); });
  if (is_kept) return PasswordRefusal::used_before;
  return std::nullopt;
}

}  // namespace gw::accounts
