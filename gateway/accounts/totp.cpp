#include "accounts/totp.h"

#include <algorithm>

#include "accounts/base32.h"
#include "accounts/digest.h"
#include "accounts/random.h"
#include "accounts/typed.h"
#include "base/check.h"

namespace gw::accounts {
namespace {

std::string percent_encoded(std::string_view text) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                          c == '-' || c == '.' || c == '_' || c == '~';  // RFC 3986 2.3
    if (is_plain) {
      out += c;
      continue;
    }
    const auto octet = static_cast<unsigned char>(c);
    out.append({'%', kHex[octet >> 4], kHex[octet & 15]});
  }
  return out;
}

}  // namespace

TotpSecret make_totp_secret() { return random_octets<20>(); }

std::string hotp(Bytes secret, std::uint64_t counter, unsigned digits) {
  GW_CHECK(digits >= 6 && digits <= 8, "RFC 4226 has six to eight digits");
  std::array<std::uint8_t, 8> message{};
  for (std::size_t i = 0; i < 8; ++i) message[i] = static_cast<std::uint8_t>(counter >> (56 - 8 * i));
  const Sha1 mac = hmac_sha1(secret, message);
  const std::size_t at = mac.back() & 15u;
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = number << 8 | mac[at + i];
  number &= 0x7fff'ffff;
  std::string out(digits, '0');
  for (auto place = out.rbegin(); place != out.rend(); ++place, number /= 10)
    *place = static_cast<char>('0' + number % 10);
  return out;
}

std::uint64_t totp_step(CivilTime time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count();
  return seconds < 0 ? 0 : static_cast<std::uint64_t>(seconds) / 30;
}

std::optional<std::uint64_t> find_totp_step(Bytes secret, std::string_view typed, CivilTime now,
                                            std::uint64_t last) {
  const std::string code = tidy_digits(typed).value_or("");
  const std::uint64_t middle = std::max<std::uint64_t>(totp_step(now), 1);
  std::optional<std::uint64_t> found;
  for (std::uint64_t step = middle - 1; step <= middle + 1; ++step)  // all three, whichever fits
    if (are_same(as_bytes(hotp(secret, step)), as_bytes(code)) && step > last && !found) found = step;
  return found;
}

std::string totp_uri(Bytes secret, std::string_view issuer, std::string_view account) {
  return "otpauth://totp/" + percent_encoded(issuer) + ":" + percent_encoded(account) +
         "?secret=" + to_base32(secret) + "&issuer=" + percent_encoded(issuer) +
         "&algorithm=SHA1&digits=6&period=30";
}

}  // namespace gw::accounts
