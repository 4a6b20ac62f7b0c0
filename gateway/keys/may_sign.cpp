#include "keys/may_sign.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace gw::keys {
namespace {

using model::SignatureScheme;
using model::TlsRole;

constexpr std::size_t kPadding = 64;
constexpr std::string_view kContext[] = {"TLS 1.3, server CertificateVerify",
                                         "TLS 1.3, client CertificateVerify"};
constexpr std::size_t kTranscriptHashes[] = {32, 48};  // SHA-256, SHA-384: the suites of our profiles

bool is_pkcs1(SignatureScheme scheme) { return scheme >= SignatureScheme::pkcs1_sha256; }

bool is_tls13(TlsRole role, Bytes message) {
  const std::string_view context = kContext[static_cast<std::size_t>(role)];
  const std::size_t head = kPadding + context.size() + 1;
  const auto fits = [&](std::size_t hash) { return message.size() == head + hash; };
  if (std::none_of(std::begin(kTranscriptHashes), std::end(kTranscriptHashes), fits)) return false;
  const Bytes padding = message.first(kPadding);
  return std::all_of(padding.begin(), padding.end(), [](std::uint8_t octet) { return octet == 0x20; }) &&
         as_text(message.subspan(kPadding, context.size())) == context && message[head - 1] == 0;
}

/// Curves and the length of their points, as ServerECDHParams has them (RFC 8422 5.4).
struct CurveRow {
  std::uint16_t named_curve;
  std::size_t point;
};
constexpr CurveRow kCurves[] = {{0x0017, 65}, {0x0018, 97}, {0x001d, 32}};

/// Both randoms and the server's ephemeral key, to the last octet.
bool is_server_key_exchange(Bytes message) {
  constexpr std::size_t kRandoms = 64, kHead = kRandoms + 4;
  constexpr std::uint8_t kNamedCurve = 3;
  if (message.size() < kHead || message[kRandoms] != kNamedCurve) return false;
  const auto curve = static_cast<std::uint16_t>(message[kRandoms + 1] << 8 | message[kRandoms + 2]);
  return std::any_of(std::begin(kCurves), std::end(kCurves), [&](const CurveRow& row) {
    return row.named_curve == curve && message[kRandoms + 3] == row.point &&
           message.size() == kHead + row.point;
  });
}

// Handshake message types of RFC 5246 7.4 and RFC 6066 8, in the order of a full handshake in which both
// sides show certificates; the client's own messages before CertificateVerify are the last.
constexpr std::uint8_t kClientHello = 1, kServerHello = 2, kCertificate = 11, kServerKeyExchange = 12,
                       kCertificateRequest = 13, kServerHelloDone = 14, kClientKeyExchange = 16,
                       kCertificateStatus = 22;
struct Expected {
  std::uint8_t type;
  bool optional = false;
};
constexpr Expected kFlight[] = {
    {kClientHello},       {kServerHello},        {kCertificate},     {kCertificateStatus, true},
    {kServerKeyExchange}, {kCertificateRequest}, {kServerHelloDone}, {kCertificate},
    {kClientKeyExchange}};

constexpr int kNothing = -1, kCutOff = -2;

/// Takes one handshake message off the front: its type, or why there is none.
int take_message(Bytes& rest) {
  if (rest.empty()) return kNothing;
  if (rest.size() < 4) return kCutOff;
  const std::size_t length = static_cast<std::size_t>(rest[1]) << 16 | rest[2] << 8 | rest[3];
  if (rest.size() - 4 < length) return kCutOff;
  const int type = rest[0];
  rest = rest.subspan(4 + length);
  return type;
}

bool is_client_transcript(Bytes message) {
  int type = take_message(message);
  for (const Expected& expected : kFlight) {
    if (type == expected.type)
      type = take_message(message);
    else if (!expected.optional)
      return false;
  }
  return type == kNothing;
}

bool is_tls12(TlsRole role, Bytes message) {
  return role == TlsRole::terminal_side ? is_server_key_exchange(message) : is_client_transcript(message);
}

}  // namespace

Leave may_sign(const model::KeyUse& use, TlsRole role, SignatureScheme scheme, Bytes message,
               model::CivilSeconds now) {
  if (!use.allows(role)) return Leave::no;
  if (is_tls13(role, message)) return is_pkcs1(scheme) ? Leave::no : Leave::yes;  // RFC 8446 4.2.3
  if (use.tls12_until == model::CivilSeconds{} || !is_tls12(role, message)) return Leave::no;
  return now < use.tls12_until ? Leave::yes : Leave::ended;
}

}  // namespace gw::keys
