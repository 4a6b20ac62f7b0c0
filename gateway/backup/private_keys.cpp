#include "backup/private_keys.h"

#include <algorithm>
#include <array>

namespace gw::backup {
namespace {

constexpr std::uint8_t kInteger = 0x02, kOctets = 0x04, kObjectId = 0x06, kSequence = 0x30;

/// One element at the front of some octets, which goes no further than they do.
struct Element {
  std::uint8_t tag = 0;
  Bytes value{};
};

/// Takes it off the front.
std::optional<Element> take(Bytes& octets) {
  if (octets.size() < 2) return std::nullopt;
  const std::uint8_t tag = octets[0];
  std::size_t size = octets[1], header = 2;
  if (size >= 0x80) {
    const std::size_t width = size - 0x80;
    if (width == 0 || width > 4 || octets.size() < 2 + width) return std::nullopt;
    size = 0;
    for (std::size_t i = 0; i < width; ++i) size = size << 8 | octets[2 + i];
    header += width;
  }
  if (octets.size() - header < size) return std::nullopt;
  const Element out{tag, octets.subspan(header, size)};
  octets = octets.subspan(header + size);
  return out;
}

bool is(const std::optional<Element>& element, std::uint8_t tag) { return element && element->tag == tag; }
bool is_number(const std::optional<Element>& element, std::uint8_t number) {
  return is(element, kInteger) && element->value.size() == 1 && element->value[0] == number;
}

/// Does an AlgorithmIdentifier begin with an object id that begins so?
bool names(const Element& algorithm, std::initializer_list<std::string_view> ids) {
  Bytes inside = algorithm.value;
  const auto id = take(inside);
  if (!is(id, kObjectId)) return false;
  return std::ranges::any_of(ids, [&](std::string_view one) { return as_text(id->value).starts_with(one); });
}

constexpr std::string_view kPkcs1("\x2a\x86\x48\x86\xf7\x0d\x01\x01", 8),
    kPkcs5("\x2a\x86\x48\x86\xf7\x0d\x01\x05", 8), kPkcs7("\x2a\x86\x48\x86\xf7\x0d\x01\x07", 8),
    kPkcs12("\x2a\x86\x48\x86\xf7\x0d\x01\x0c", 8), kCurveKey("\x2a\x86\x48\xce\x3d\x02\x01", 7),
    kDsa("\x2a\x86\x48\xce\x38\x04\x01", 7), kEdwards("\x2b\x65", 2);

/// PrivateKeyInfo: version, algorithm, the key as octets.
bool is_pkcs8(Bytes inside) {
  const auto version = take(inside), algorithm = take(inside), key = take(inside);
  return (is_number(version, 0) || is_number(version, 1)) && is(algorithm, kSequence) && is(key, kOctets) &&
         names(*algorithm, {kPkcs1, kCurveKey, kDsa, kEdwards});
}
/// EncryptedPrivateKeyInfo: algorithm, the key as octets, and nothing else.
bool is_encrypted_pkcs8(Bytes inside) {
  const auto algorithm = take(inside), key = take(inside);
  return is(algorithm, kSequence) && is(key, kOctets) && inside.empty() &&
         names(*algorithm, {kPkcs5, kPkcs12});
}
/// ECPrivateKey: version 1, then as many octets as a curve has.
bool is_curve_key(Bytes inside) {
  constexpr std::array<std::size_t, 5> kSizes = {28, 32, 48, 56, 66};
  const auto version = take(inside), key = take(inside);
  return is_number(version, 1) && is(key, kOctets) &&
         std::ranges::find(kSizes, key->value.size()) != kSizes.end() &&
         (inside.empty() || inside[0] == 0xa0 || inside[0] == 0xa1);
}
/// RSAPrivateKey: version, and eight large numbers.
bool is_rsa_key(Bytes inside) {
  const auto version = take(inside);
  if (!is_number(version, 0) && !is_number(version, 1)) return false;
  constexpr std::size_t kNumbers = 8, kLeastModulus = 64;
  for (std::size_t i = 0; i < kNumbers; ++i) {
    const auto number = take(inside);
    if (!is(number, kInteger) || (i == 0 && number->value.size() < kLeastModulus)) return false;
  }
  return true;
}
/// PFX: version 3, then a bag of bags.
bool is_pkcs12(Bytes inside) {
  const auto version = take(inside), bags = take(inside);
  return is_number(version, 3) && is(bags, kSequence) && names(*bags, {kPkcs7});
}

struct Form {
  bool (*is_it)(Bytes inside);
  std::string_view name;
};
constexpr Form kForms[] = {{is_pkcs8, "PKCS#8"},
                           {is_encrypted_pkcs8, "encrypted PKCS#8"},
                           {is_curve_key, "EC"},
                           {is_rsa_key, "RSA"},
                           {is_pkcs12, "PKCS#12"}};

std::optional<std::string_view> der_in(Bytes octets) {
  for (std::size_t at = 0; at + 2 < octets.size(); ++at) {
    if (octets[at] != kSequence) continue;
    Bytes rest = octets.subspan(at);
    const auto sequence = take(rest);
    if (!sequence) continue;
    for (const Form& form : kForms)
      if (form.is_it(sequence->value)) return form.name;
  }
  return std::nullopt;
}

/// "-----BEGIN", anything up to "PRIVATE KEY", and no line's end in between.
bool has_pem(std::string_view text) {
  constexpr std::string_view kBegin = "-----BEGIN", kKey = "PRIVATE KEY";
  constexpr std::size_t kMostLine = 128;
  for (std::size_t at = 0; (at = text.find(kBegin, at)) != std::string_view::npos; at += kBegin.size()) {
    const std::string_view line = text.substr(at, kMostLine);
    if (line.substr(0, line.find_first_of("\r\n")).find(kKey) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

std::optional<std::string_view> private_key_in(Bytes octets) {
  if (has_pem(as_text(octets))) return "PEM";
  return der_in(octets);
}

}  // namespace gw::backup
