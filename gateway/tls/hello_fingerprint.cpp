#include "tls/hello_fingerprint.h"

#include <algorithm>

#include "pki/certificate.h"
#include "tls/first_message.h"

namespace gw::tls {
namespace {

constexpr std::uint16_t kServerName = 0, kSignatureAlgorithms = 13, kAlpn = 16;
/// Padding, pre_shared_key, early_data, cookie.
constexpr std::uint16_t kOfTheSession[] = {21, 41, 42, 44};
constexpr std::size_t kMost = 128;
constexpr char kDigits[] = "0123456789abcdef";

struct VersionName {
  std::uint16_t version;
  std::string_view name;
};
constexpr VersionName kVersions[] = {
    {0x0304, "13"}, {0x0303, "12"}, {0x0302, "11"}, {0x0301, "10"}, {0x0300, "s3"}};

/// RFC 8701: 0x0a0a, 0x1a1a, ... 0xfafa.
bool is_reserved(std::size_t value) { return (value & 0x0f0f) == 0x0a0a && value >> 8 == (value & 0xff); }
bool is_alphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Code points, of which the reserved ones are none.
struct Points {
  std::array<std::uint16_t, kMost> all{};
  std::size_t size = 0;

  void add(std::size_t point) {
    if (size < kMost && !is_reserved(point)) all[size++] = static_cast<std::uint16_t>(point);
  }
  void add_all(Bytes vector) {
    for (Cursor points(vector); !points.empty();) {
      const std::size_t point = points.number(2);
      if (!points.faulty()) add(point);
    }
  }
  void sort() { std::sort(all.begin(), all.begin() + size); }
};

struct Text {
  std::array<char, 2 * kMost * 5> octets{};
  std::size_t size = 0;

  void add(char c) { octets[size++] = c; }
  void add(const Points& points) {
    for (std::size_t n = 0; n < points.size; ++n) {
      if (n > 0) add(',');
      for (const int shift : {12, 8, 4, 0}) add(kDigits[points.all[n] >> shift & 0xf]);
    }
  }
};

struct Extensions {
  Points others{};      ///< than server_name and ALPN
  Points signatures{};  ///< algorithms
  std::size_t count = 0;
  bool names = false;
  Bytes protocol{};  ///< ALPN's first
};

Extensions read(Bytes bytes) {
  Extensions out;
  for (Cursor extensions(bytes); !extensions.empty();) {
    const std::size_t type = extensions.number(2);
    Cursor body(extensions.vector(2));
    if (is_reserved(type) || std::ranges::find(kOfTheSession, type) != std::end(kOfTheSession)) continue;
    ++out.count;
    if (type == kServerName) out.names = true;
    if (type == kSignatureAlgorithms) out.signatures.add_all(body.vector(2));
    if (type == kAlpn) out.protocol = Cursor(body.vector(2)).vector(1);
    if (type != kServerName && type != kAlpn) out.others.add(type);
  }
  out.others.sort();
  return out;
}

char* put(char* to, std::string_view text) { return std::ranges::copy(text, to).out; }

char* put_count(char* to, std::size_t count) {
  const std::size_t shown = std::min<std::size_t>(count, 99);
  *to++ = kDigits[shown / 10];
  *to++ = kDigits[shown % 10];
  return to;
}

char* put_version(char* to, std::span<const std::uint16_t> versions) {
  std::uint16_t highest = 0;
  for (const std::uint16_t one : versions)
    if (!is_reserved(one)) highest = std::max(highest, one);
  const auto* found = std::ranges::find(kVersions, highest, &VersionName::version);
  return put(to, found == std::end(kVersions) ? "00" : found->name);
}

char* put_protocol(char* to, Bytes protocol) {
  if (protocol.empty()) return put(to, "00");
  const std::uint8_t first = protocol.front(), last = protocol.back();
  const bool is_readable =
      is_alphanumeric(static_cast<char>(first)) && is_alphanumeric(static_cast<char>(last));
  *to++ = is_readable ? static_cast<char>(first) : kDigits[first >> 4];
  *to++ = is_readable ? static_cast<char>(last) : kDigits[last & 0xf];
  return to;
}

/// `_` and twelve digits.
char* put_digest(char* to, const Text& text) {
  *to++ = '_';
  if (text.size == 0) return std::fill_n(to, 12, '0');
  const auto* octets = reinterpret_cast<const std::uint8_t*>(text.octets.data());
  const pki::Sha256 digest = pki::sha256_of({octets, text.size});
  for (std::size_t n = 0; n < 6; ++n) {
    *to++ = kDigits[digest[n] >> 4];
    *to++ = kDigits[digest[n] & 0xf];
  }
  return to;
}

}  // namespace

HelloFingerprint fingerprint_of(Bytes suites, Bytes extensions, std::span<const std::uint16_t> versions) {
  Points offered;
  offered.add_all(suites);
  offered.sort();
  const Extensions extended = read(extensions);
  Text of_suites, of_extensions;
  of_suites.add(offered);
  of_extensions.add(extended.others);
  if (extended.signatures.size > 0) of_extensions.add('_');
  of_extensions.add(extended.signatures);

  HelloFingerprint out{};
  char* to = put_version(put(out.data(), "t"), versions);
  *to++ = extended.names ? 'd' : 'i';
  to = put_protocol(put_count(put_count(to, offered.size), extended.count), extended.protocol);
  put_digest(put_digest(to, of_suites), of_extensions);
  return out;
}

}  // namespace gw::tls
