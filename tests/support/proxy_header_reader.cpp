#include "support/proxy_header_reader.h"

#include <algorithm>
#include <map>

namespace gw::support {
namespace {

using Values = std::map<std::uint8_t, Bytes>;

constexpr std::uint8_t kSignature[] = {0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d,
                                       0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a};
constexpr std::size_t kFixed = 16;  // signature, version and command, family, length

std::size_t number_at(Bytes bytes, std::size_t at) {
  return static_cast<std::size_t>(bytes[at]) << 8 | bytes[at + 1];
}

model::Endpoint endpoint(model::Family family, Bytes address, std::size_t port) {
  model::IpAddress::Octets octets{};
  std::copy(address.begin(), address.end(), octets.begin());
  return {model::IpAddress(family, octets), static_cast<std::uint16_t>(port)};
}

std::string text(Bytes bytes) { return std::string(as_text(bytes)); }

/// Type, length, value, one behind the other to the last octet, none twice.
std::optional<Values> read_values(Bytes bytes) {
  Values values;
  while (!bytes.empty()) {
    if (bytes.size() < 3) return std::nullopt;
    const std::size_t size = number_at(bytes, 1);
    if (size > bytes.size() - 3) return std::nullopt;
    if (!values.emplace(bytes[0], bytes.subspan(3, size)).second) return std::nullopt;
    bytes = bytes.subspan(3 + size);
  }
  return values;
}

/// Puts each value where its type says; false for a type that is not expected here.
bool take_texts(const Values& values, const std::map<std::uint8_t, std::string*>& places) {
  return std::all_of(values.begin(), values.end(), [&](const auto& value) {
    const auto place = places.find(value.first);
    if (place == places.end()) return false;
    *place->second = text(value.second);
    return true;
  });
}

std::optional<ReadProxyHeader::Tls> read_tls(Bytes bytes) {
  if (bytes.size() < 5) return std::nullopt;
  const std::uint8_t client = bytes[0];
  ReadProxyHeader::Tls tls{(client & 1) != 0, (client & 2) != 0, (client & 4) != 0};
  const Bytes verify = bytes.subspan(1, 4);
  tls.verified = std::all_of(verify.begin(), verify.end(), [](std::uint8_t octet) { return octet == 0; });
  const auto values = read_values(bytes.subspan(5));
  const bool known =
      (client & ~7u) == 0 && values && take_texts(*values, {{0x21, &tls.version}, {0x22, &tls.common_name}});
  return known ? std::optional(tls) : std::nullopt;
}

bool read_addresses(ReadProxyHeader& header, model::Family family, Bytes body, std::size_t width) {
  if (body.size() < 2 * width + 4) return false;
  header.source = endpoint(family, body.first(width), number_at(body, 2 * width));
  header.destination = endpoint(family, body.subspan(width, width), number_at(body, 2 * width + 2));
  return true;
}

}  // namespace

std::optional<ReadProxyHeader> read_proxy_header(Bytes bytes) {
  constexpr std::uint8_t kVersion2Proxy = 0x21, kTcpOverIpv4 = 0x11, kTcpOverIpv6 = 0x21;
  if (bytes.size() < kFixed || !std::equal(std::begin(kSignature), std::end(kSignature), bytes.begin()))
    return std::nullopt;
  if (bytes[12] != kVersion2Proxy || (bytes[13] != kTcpOverIpv4 && bytes[13] != kTcpOverIpv6))
    return std::nullopt;
  const std::size_t size = number_at(bytes, 14);
  if (bytes.size() - kFixed < size) return std::nullopt;
  const Bytes body = bytes.subspan(kFixed, size);

  ReadProxyHeader header;
  header.size = kFixed + size;
  const bool is_ipv4 = bytes[13] == kTcpOverIpv4;
  const std::size_t width = is_ipv4 ? 4 : 16;
  if (!read_addresses(header, is_ipv4 ? model::Family::ipv4 : model::Family::ipv6, body, width))
    return std::nullopt;
  auto values = read_values(body.subspan(2 * width + 4));
  if (!values) return std::nullopt;
  if (const auto tls = values->extract(0x20); !tls.empty()) {
    header.tls = read_tls(tls.mapped());
    if (!header.tls) return std::nullopt;
  }
  if (!take_texts(*values, {{0x02, &header.authority}, {0x05, &header.unique_id}})) return std::nullopt;
  return header;
}

}  // namespace gw::support
