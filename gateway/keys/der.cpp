#include "keys/der.h"

#include "base/check.h"

namespace gw::keys {
namespace {

constexpr std::uint8_t kLongTag = 0x1f, kLongLength = 0x80;

Error malformed() { return {ErrorCode::key_unreadable, "what its PEM block holds is not DER"}; }

/// Takes a length off the front.
Result<std::size_t> take_length(Bytes& rest) {
  if (rest.empty()) return malformed();
  const std::uint8_t first = rest[0];
  rest = rest.subspan(1);
  if (first < kLongLength) return std::size_t{first};
  const std::size_t octets = first - kLongLength;
  if (octets < 1 || octets > 2 || rest.size() < octets) return malformed();
  std::size_t length = 0;
  for (const std::uint8_t octet : rest.first(octets)) length = length << 8 | octet;
  rest = rest.subspan(octets);
  const std::size_t least = octets == 1 ? kLongLength : 0x100;  // X.690 10.1: the shortest form only
  if (length < least) return malformed();
  return length;
}

}  // namespace

Result<std::vector<DerItem>> read_der(Bytes elements) {
  std::vector<DerItem> items;
  while (!elements.empty()) {
    const std::uint8_t tag = elements[0];
    if ((tag & kLongTag) == kLongTag) return malformed();
    elements = elements.subspan(1);
    GW_TRY(const std::size_t length, take_length(elements));
    if (length > elements.size()) return malformed();
    items.push_back({tag, elements.first(length)});
    elements = elements.subspan(length);
  }
  return items;
}

Result<std::vector<DerItem>> read_der_sequence(Bytes whole) {
  GW_TRY(const auto outer, read_der(whole));
  if (outer.size() != 1 || !outer[0].is(DerTag::sequence)) return malformed();
  return read_der(outer[0].value);
}

std::vector<std::uint8_t> write_der(DerTag tag, Bytes value) {
  GW_CHECK(value.size() < 0x10000, "what we write is short");
  std::vector<std::uint8_t> out{static_cast<std::uint8_t>(tag)};
  if (value.size() >= 0x100) {
    out.push_back(kLongLength + 2);
    out.push_back(static_cast<std::uint8_t>(value.size() >> 8));
  } else if (value.size() >= kLongLength) {
    out.push_back(kLongLength + 1);
  }
  out.push_back(static_cast<std::uint8_t>(value.size()));
  out.insert(out.end(), value.begin(), value.end());
  return out;
}

std::vector<std::uint8_t> write_der(DerTag tag, std::initializer_list<std::vector<std::uint8_t>> parts) {
  std::vector<std::uint8_t> all;
  for (const auto& part : parts) all.insert(all.end(), part.begin(), part.end());
  return write_der(tag, Bytes(all));
}

}  // namespace gw::keys
