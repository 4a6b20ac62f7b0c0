#include "model/mac_address.h"

namespace gw::model {
namespace {

constexpr std::string_view kDigits = "0123456789abcdef";

std::optional<unsigned> digit_of(char c) {
  const char lower = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
  const std::size_t at = kDigits.find(lower);
  return at == std::string_view::npos ? std::nullopt : std::optional(static_cast<unsigned>(at));
}

}  // namespace

std::optional<MacAddress> MacAddress::parse(std::string_view text) {
  MacAddress out;
  if (text.size() != 3 * out.octets.size() - 1) return std::nullopt;
  for (std::size_t i = 0; i < out.octets.size(); ++i) {
    const auto high = digit_of(text[3 * i]), low = digit_of(text[3 * i + 1]);
    if (!high || !low) return std::nullopt;
    if (i > 0 && text[3 * i - 1] != ':' && text[3 * i - 1] != '-') return std::nullopt;
    out.octets[i] = static_cast<std::uint8_t>(*high << 4 | *low);
  }
  return out;
}

std::string MacAddress::to_text() const {
  std::string out;
  for (const std::uint8_t octet : octets) {
    if (!out.empty()) out.push_back(':');
    out.push_back(kDigits[octet >> 4]);
    out.push_back(kDigits[octet & 0xf]);
  }
  return out;
}

}  // namespace gw::model
