#include "accounts/password_hash.h"

#include <optional>

#include "base/bytes.h"
#include "base/text.h"

namespace gw::accounts {
namespace {

constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string to_base64(Bytes octets) {
  std::string out;
  unsigned held = 0, bits = 0;
  for (const std::uint8_t octet : octets) {
    held = (held << 8 | octet) & 0xffff;
    for (bits += 8; bits >= 6; bits -= 6) out += kLetters[held >> (bits - 6) & 63];
  }
  if (bits != 0) out += kLetters[held << (6 - bits) & 63];
  return out;
}

/// Left-over bits are not looked at: whoever calls writes it anew and compares.
std::optional<std::vector<std::uint8_t>> from_base64(std::string_view text) {
  std::vector<std::uint8_t> out;
  unsigned held = 0, bits = 0;
  for (const char c : text) {
    const std::size_t value = kLetters.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    held = (held << 6 | static_cast<unsigned>(value)) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    out.push_back(static_cast<std::uint8_t>(held >> bits));
  }
  return out;
}

/// Reads on, piece by piece; once something does not fit, nothing does.
class Pieces {
 public:
  explicit Pieces(std::string_view text) : rest_(text) {}
  void expect(std::string_view word) {
    if (rest_.starts_with(word))
      rest_.remove_prefix(word.size());
    else
      fail();
  }
  std::uint32_t number(char end, std::uint32_t low, std::uint32_t high) {
    const auto value = parse_decimal(until(end));
    if (!value || *value < low || *value > high) fail();
    return fits_ ? static_cast<std::uint32_t>(*value) : 0;
  }
  std::vector<std::uint8_t> octets(std::string_view text, std::size_t low, std::size_t high) {
    const auto value = from_base64(text);
    if (!value || value->size() < low || value->size() > high) fail();
    return fits_ ? *value : std::vector<std::uint8_t>{};
  }
  std::string_view until(char end) {
    const std::size_t at = rest_.find(end);
    if (at == std::string_view::npos) fail();
    const std::string_view piece = rest_.substr(0, at);
    rest_.remove_prefix(at == std::string_view::npos ? rest_.size() : at + 1);
    return piece;
  }
  std::string_view rest() { return rest_; }
  bool fits() const { return fits_; }

 private:
  void fail() { fits_ = false; }

  std::string_view rest_;
  bool fits_ = true;
};

}  // namespace

std::string PasswordHash::to_text() const {
  return "$argon2id$v=19$m=" + std::to_string(cost.memory) + ",t=" + std::to_string(cost.passes) +
         ",p=" + std::to_string(cost.lanes) + "$" + to_base64(salt) + "$" + to_base64(tag);
}

Result<PasswordHash> PasswordHash::parse(std::string_view text) {
  constexpr std::uint32_t kMostMemory = 256 * 1024, kMostPasses = 16, kMostLanes = 16;
  constexpr std::uint32_t kLeastPerLane = 8;  // RFC 9106 3.1
  constexpr std::size_t kLongest = 256;
  const Error malformed{ErrorCode::text_malformed, "a password's hash in the database is none"};
  if (text.size() > kLongest) return malformed;
  Pieces pieces(text);
  PasswordHash hash;
  pieces.expect("$argon2id$v=19$m=");
  hash.cost.memory = pieces.number(',', kLeastPerLane, kMostMemory);
  pieces.expect("t=");
  hash.cost.passes = pieces.number(',', 1, kMostPasses);
  pieces.expect("p=");
  hash.cost.lanes = pieces.number('$', 1, kMostLanes);
  hash.salt = pieces.octets(pieces.until('$'), 8, 64);
  hash.tag = pieces.octets(pieces.rest(), 16, 64);
  if (!pieces.fits() || hash.cost.memory < kLeastPerLane * hash.cost.lanes) return malformed;
  if (hash.to_text() != text) return malformed;
  return hash;
}

}  // namespace gw::accounts
