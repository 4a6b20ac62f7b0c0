// Addresses and pins.

#include <optional>

#include "base/text.h"
#include "config/value.h"

namespace gw::config {
namespace {

constexpr std::uint16_t kDnsPort = 53;
constexpr std::string_view kPinScheme = "sha256/";

Error malformed(std::string_view text, const char* instead) {
  return {ErrorCode::config_value_format, in_quotes(text) + " " + instead};
}

Node text_node(std::string text) { return {Node::Kind::text, {}, std::move(text), {}, {}}; }

/// Something can be there: not the unspecified address, a multicast group or the broadcast address.
bool is_reachable(const model::IpAddress& address) {
  const auto& octets = address.octets();
  if (address == model::IpAddress(address.family(), {})) return false;
  return address.family() == model::Family::ipv4 ? octets[0] < 224 : octets[0] != 0xff;
}

/// The port behind an address, or 53. RFC 3986 3.2.2: an IPv6 address before a port stands in brackets.
std::optional<model::Endpoint> endpoint_of(std::string_view text) {
  std::string_view host = text;
  std::optional<std::uint64_t> port = kDnsPort;
  const std::size_t colon = text.rfind(':');
  const bool bracketed = text.starts_with('[');
  if (bracketed ? text.find("]:") != std::string_view::npos
                : text.find(':') == colon && colon != std::string_view::npos) {
    host = text.substr(0, colon);
    port = parse_decimal(text.substr(colon + 1));
  }
  if (bracketed && host.size() > 2 && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  const auto address = model::IpAddress::parse(host);
  if (!address || !is_reachable(*address) || !port || *port == 0 || *port > 0xFFFF) return std::nullopt;
  return model::Endpoint{*address, static_cast<std::uint16_t>(*port)};
}

constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// RFC 4648 4 for exactly 32 octets: 43 digits, the last of which carries four bits, and one '='.
std::optional<model::Pin> pin_of(std::string_view digits) {
  if (digits.size() != 44 || digits.back() != '=') return std::nullopt;
  model::Pin pin{};
  std::uint32_t bits = 0;
  unsigned held = 0;
  std::size_t at = 0;
  for (const char c : digits.substr(0, 43)) {
    const std::size_t digit = kBase64.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    bits = bits << 6 | static_cast<std::uint32_t>(digit);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    pin[at++] = static_cast<std::uint8_t>(bits >> held);
    bits &= (1u << held) - 1;
  }
  return bits == 0 ? std::optional(pin) : std::nullopt;
}

std::string base64(const model::Pin& pin) {
  std::string out;
  std::uint32_t bits = 0;
  unsigned held = 0;
  for (const std::uint8_t octet : pin) {
    bits = (bits << 8 | octet) & 0xFFFF;
    for (held += 8; held >= 6; held -= 6) out.push_back(kBase64[bits >> (held - 6) & 63]);
  }
  out.push_back(kBase64[bits << (6 - held) & 63]);
  return out.append("=");
}

}  // namespace

Result<Address> Address::parse(std::string_view text) {
  const auto address = model::IpAddress::parse(text);
  if (!address || !is_reachable(*address))
    return malformed(text,
                     "is no address; write one such as `192.0.2.1` or `2001:db8::1`, without length or port");
  return Address{*address};
}

Node Address::node() const { return text_node(value.to_text()); }

Result<Mac> Mac::parse(std::string_view text) {
  const auto mac = model::MacAddress::parse(text);
  if (!mac || mac->is_group() || *mac == model::MacAddress{})
    return malformed(text,
                     "is no device's MAC address; write the one on its label, such as `00:5e:53:00:00:01`");
  return Mac{*mac};
}

Node Mac::node() const { return text_node(value.to_text()); }

Result<InterfaceAddress> InterfaceAddress::parse(std::string_view text) {
  const auto prefix = model::Prefix::parse(text);
  if (!prefix || text.find('/') == std::string_view::npos || prefix->length == 0 ||
      !is_reachable(prefix->address))
    return malformed(
        text, "is no interface address; write the box's address with its length, such as `10.1.0.1/24`");
  const bool host_bits = prefix->address != prefix->network().address;
  if (!host_bits && prefix->address.family() == model::Family::ipv4 && prefix->length < 31)
    return malformed(text, "is the network itself; write the box's own address in it, such as `10.1.0.1/24`");
  return InterfaceAddress{*prefix};
}

Node InterfaceAddress::node() const { return text_node(value.to_text()); }

Result<NetworkPrefix> NetworkPrefix::parse(std::string_view text) {
  const auto prefix = model::Prefix::parse(text);
  if (!prefix || prefix->length == 0)
    return malformed(text, "is no network; write one such as `10.1.0.0/16`");
  if (*prefix != prefix->network())
    return malformed(text,
                     ("has bits beyond its length; write " + in_quotes(prefix->network().to_text())).c_str());
  return NetworkPrefix{*prefix};
}

Node NetworkPrefix::node() const { return text_node(value.to_text()); }

Result<Resolver> Resolver::parse(std::string_view text) {
  const auto endpoint = endpoint_of(text);
  if (!endpoint)
    return malformed(text,
                     "is no name server; write `192.0.2.53`, `192.0.2.53:5353` or `[2001:db8::53]:5353`");
  return Resolver{*endpoint};
}

Node Resolver::node() const {
  return text_node(value.port == kDnsPort ? value.address.to_text() : value.to_text());
}

Result<PinText> PinText::parse(std::string_view text) {
  std::optional<model::Pin> pin;
  if (text.starts_with(kPinScheme)) pin = pin_of(text.substr(kPinScheme.size()));
  if (!pin)
    return malformed(text, "is no pin; write `sha256/` and the base64 of the key's SHA-256, 44 characters");
  return PinText{*pin};
}

Node PinText::node() const { return text_node(std::string(kPinScheme) + base64(value)); }

}  // namespace gw::config
