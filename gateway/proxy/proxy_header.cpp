#include "proxy/proxy_header.h"

#include <algorithm>
#include <string_view>

#include "base/bytes.h"

namespace gw::proxy {
namespace {

using Buffer = std::vector<std::uint8_t>;

constexpr std::uint8_t kSignature[] = {0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d,
                                       0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a};
constexpr std::uint8_t kVersionAndLocal = 0x20;
constexpr std::uint8_t kVersionAndProxy = 0x21;
constexpr std::uint8_t kUnspecified = 0x00;
constexpr std::uint8_t kTcpOverIpv4 = 0x11;
constexpr std::uint8_t kTcpOverIpv6 = 0x21;
// Type-length-values of section 2.2.
constexpr std::uint8_t kAuthority = 0x02;
constexpr std::uint8_t kUniqueId = 0x05;
constexpr std::uint8_t kSsl = 0x20;
constexpr std::uint8_t kSslVersion = 0x21;
constexpr std::uint8_t kSslCommonName = 0x22;
constexpr std::uint8_t kClientSsl = 0x01, kClientCertificateConnection = 0x02,
                       kClientCertificateSession = 0x04;

void put16(Buffer& out, std::size_t value) {
  out.push_back(static_cast<std::uint8_t>(value >> 8));
  out.push_back(static_cast<std::uint8_t>(value));
}

void put(Buffer& out, Bytes bytes) { out.insert(out.end(), bytes.begin(), bytes.end()); }

void put_tlv(Buffer& out, std::uint8_t type, Bytes value) {
  if (value.empty()) return;
  out.push_back(type);
  put16(out, value.size());
  put(out, value);
}

void put_addresses(Buffer& out, const ProxyHeaderFacts& facts) {
  const std::size_t width = facts.source.address.width() / 8;
  put(out, Bytes(facts.source.address.octets()).first(width));
  put(out, Bytes(facts.destination.address.octets()).first(width));
  put16(out, facts.source.port);
  put16(out, facts.destination.port);
}

Buffer tls_value(const ProxyHeaderFacts& facts) {
  Buffer value{kClientSsl | kClientCertificateConnection | kClientCertificateSession, 0, 0, 0,
               0};  // verify 0: good
  put_tlv(value, kSslVersion, as_bytes(facts.tls_version));
  put_tlv(value, kSslCommonName, as_bytes(facts.terminal));
  return value;
}

}  // namespace

std::vector<std::uint8_t> proxy_header_of_nobody() {
  Buffer header(std::begin(kSignature), std::end(kSignature));
  header.push_back(kVersionAndLocal);
  header.push_back(kUnspecified);
  put16(header, 0);
  return header;
}

std::vector<std::uint8_t> proxy_header(const ProxyHeaderFacts& facts) {
  Buffer body;
  put_addresses(body, facts);
  put_tlv(body, kAuthority, as_bytes(facts.server_name));
  put_tlv(body, kUniqueId, as_bytes(std::to_string(facts.session)));
  put_tlv(body, kSsl, tls_value(facts));

  Buffer header(std::begin(kSignature), std::end(kSignature));
  header.push_back(kVersionAndProxy);
  header.push_back(facts.source.address.family() == model::Family::ipv4 ? kTcpOverIpv4 : kTcpOverIpv6);
  put16(header, body.size());
  put(header, body);
  return header;
}

}  // namespace gw::proxy
