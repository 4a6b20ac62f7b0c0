#include "est/base64.h"

namespace gw::est {
namespace {

constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::size_t kLine = 64;  // characters

/// Up to three octets as four characters.
void append_group(std::string& to, Bytes octets) {
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < 3; ++i) bits = bits << 8 | (i < octets.size() ? octets[i] : 0u);
  for (std::size_t i = 0; i < 4; ++i)
    to.push_back(i <= octets.size() ? kDigits[bits >> (18 - 6 * i) & 63] : '=');
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

}  // namespace

std::string to_base64(Bytes octets) {
  std::string out;
  for (; octets.size() > 3; octets = octets.subspan(3)) append_group(out, octets.first(3));
  if (!octets.empty()) append_group(out, octets);
  return out;
}

std::string to_base64_lines(Bytes octets) {
  const std::string all = to_base64(octets);
  std::string out;
  for (std::size_t at = 0; at < all.size(); at += kLine) out += all.substr(at, kLine) + "\r\n";
  return out;
}

std::optional<Octets> from_base64(std::string_view text) {
  Octets out;
  std::uint32_t bits = 0;
  std::size_t digits = 0, pads = 0;
  for (const char c : text) {
    if (is_space(c)) continue;
    if (c == '=') {
      ++pads;
      continue;
    }
    const std::size_t digit = kDigits.find(c);
    if (digit == std::string_view::npos || pads != 0) return std::nullopt;
    bits = bits << 6 | static_cast<std::uint32_t>(digit);
    if (++digits % 4 == 1) continue;
    const std::size_t left = (digits * 6) % 8;  // bits that are no octet yet
    out.push_back(static_cast<std::uint8_t>(bits >> left));
  }
  const std::size_t left = (digits * 6) % 8;
  const bool whole = (digits + pads) % 4 == 0 && pads < 3 && (pads == 0 || digits % 4 >= 2);
  if (!whole || (bits & ((1u << left) - 1)) != 0) return std::nullopt;
  return out;
}

}  // namespace gw::est
