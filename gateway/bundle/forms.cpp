#include "bundle/forms.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace gw::bundle {
namespace {

using model::IpAddress;

constexpr std::size_t kShortestKey = 40;
constexpr std::array<std::string_view, 12> kEndings{".pem", ".crt", ".cer",  ".key", ".der",  ".crl",
                                                    ".csv", ".tar", ".yaml", ".yml", ".sock", ".p12"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_letter(char c) { return is_lower(c) || (c >= 'A' && c <= 'Z'); }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool are_digits(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_digit); }

/// Behind the last `mark`, if only digits are there: in front of it, and from it on.
std::optional<std::pair<std::string_view, std::string_view>> split_number(std::string_view word, char mark) {
  const std::size_t at = word.rfind(mark);
  if (at == std::string_view::npos || !are_digits(word.substr(at + 1))) return std::nullopt;
  return std::pair(word.substr(0, at), word.substr(at));
}

}  // namespace

std::optional<std::string> address_replaced(std::string_view word, Pseudonyms& pseudonyms) {
  if (const auto whole = IpAddress::parse(word)) return pseudonyms.of(*whole);
  for (const char mark : {'/', ':'}) {
    const auto split = split_number(word, mark);
    const auto address = split ? IpAddress::parse(split->first) : std::nullopt;
    if (address) return pseudonyms.of(*address).append(split->second);
  }
  return std::nullopt;
}

bool is_file_name(std::string_view word) {
  return std::ranges::any_of(kEndings, [&](std::string_view ending) {
    return word.size() > ending.size() && word.ends_with(ending);
  });
}

bool is_dotted_host(std::string_view word) {
  const std::size_t dot = word.rfind('.');
  return dot != std::string_view::npos && dot + 2 < word.size() && is_host_name(word) &&
         std::ranges::all_of(word.substr(dot + 1), [](char c) { return is_letter(c) || c == '-'; });
}

bool is_time(std::string_view word) {
  constexpr std::string_view kForm = "0000-00-00T00:00:00";
  if (word.size() <= kForm.size()) return false;
  for (std::size_t i = 0; i < kForm.size(); ++i)
    if (is_digit(kForm[i]) ? !is_digit(word[i]) : word[i] != kForm[i]) return false;
  return word.find_first_not_of("0123456789.:+-Z", kForm.size()) == std::string_view::npos;
}

std::string to_minute(std::string_view time) {
  constexpr std::size_t kSeconds = 17;
  const std::size_t zone = time.find_first_of("Z+-", kSeconds);
  return std::string(time.substr(0, kSeconds))
      .append("00")
      .append(zone == std::string_view::npos ? std::string_view("Z") : time.substr(zone));
}

bool is_like_a_key(std::string_view word) {
  const bool is_mixed = std::ranges::any_of(word, is_digit) &&
                        std::ranges::any_of(word, [](char c) { return is_letter(c) && !is_lower(c); }) &&
                        std::ranges::any_of(word, is_lower);
  return word.size() >= kShortestKey && is_mixed && !std::ranges::all_of(word, is_hex);
}

bool is_like_an_id(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return is_lower(c) || is_digit(c) || std::string_view("_.:-").find(c) != std::string_view::npos;
  });
}

}  // namespace gw::bundle
