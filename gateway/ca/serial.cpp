#include "ca/serial.h"

#include <openssl/rand.h>

#include "base/text.h"

namespace gw::ca {
namespace {

constexpr std::size_t kMostOctets = 20;

}  // namespace

Serial Serial::random() {
  Octets content(kMostOctets);
  GW_CHECK(RAND_bytes(content.data(), static_cast<int>(content.size())) == 1,
           "without random numbers nothing is issued");
  content[0] = static_cast<std::uint8_t>((content[0] & 0x3f) | 0x40);  // positive, and always as long
  return Serial(std::move(content));
}

Result<Serial> Serial::of(Bytes content) {
  const bool padded = content.size() > 1 && content[0] == 0 && content[1] < 0x80;  // X.690 8.3.2
  const bool zero = content.size() == 1 && content[0] == 0;
  if (content.empty() || content.size() > kMostOctets || content[0] >= 0x80 || padded || zero)
    return Error{ErrorCode::certificate_unreadable, "a serial number is not positive or too long"};
  return Serial(Octets(content.begin(), content.end()));
}

Result<Serial> Serial::of_hex(std::string_view hex) {
  const auto content = from_hex(hex);
  return of(content ? as_bytes(*content) : Bytes());
}

Result<Serial> Serial::of(const X509* certificate) {
  const Octets der = encoded(i2d_ASN1_INTEGER, X509_get0_serialNumber(certificate));
  return of(Bytes(der).subspan(2));  // more than 127 octets have another length, and are too long besides
}

std::string Serial::hex() const { return to_hex(content_); }

}  // namespace gw::ca
