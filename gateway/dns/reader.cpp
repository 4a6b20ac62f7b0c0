#include "dns/reader.h"

#include <algorithm>

#include "base/text.h"

namespace gw::dns {
namespace {

constexpr std::size_t kMaxName = 255;
constexpr std::uint8_t kPointer = 0xc0;  // the two highest bits; 01 and 10 are reserved (RFC 1035 4.1.4)

}  // namespace

WireName wire_name(std::string_view host_name) {
  WireName wire;
  while (!host_name.empty()) {
    const std::string_view label = host_name.substr(0, host_name.find('.'));
    wire.push_back(static_cast<char>(label.size()));
    wire.append(to_lower(label));
    host_name.remove_prefix(std::min(host_name.size(), label.size() + 1));
  }
  wire.push_back('\0');
  return wire;
}

Bytes MessageReader::take(std::size_t size) {
  if (fault_ || size > message_.size() - position_) {
    fault_ = true;
    return {};
  }
  const Bytes taken = message_.subspan(position_, size);
  position_ += size;
  return taken;
}

std::uint16_t MessageReader::u16() {
  const Bytes octets = take(2);
  return fault_ ? std::uint16_t{0} : static_cast<std::uint16_t>(octets[0] << 8 | octets[1]);
}

std::uint32_t MessageReader::u32() {
  const std::uint32_t high = u16();
  return high << 16 | u16();
}

model::IpAddress MessageReader::address(model::Family family) {
  const Bytes taken = take(family == model::Family::ipv4 ? 4 : 16);
  model::IpAddress::Octets octets{};
  std::copy(taken.begin(), taken.end(), octets.begin());
  return model::IpAddress(family, octets);
}

WireName MessageReader::name() {
  WireName wire;
  std::size_t bound = position_;  // the next pointer must lead before this
  std::size_t resume = 0;         // where the record goes on after the first pointer
  for (;;) {
    const Bytes head = take(1);
    if (fault_) return {};
    const std::uint8_t length = head[0];
    if ((length & kPointer) == kPointer) {
      const Bytes low = take(1);
      if (fault_) return {};
      const std::size_t target = static_cast<std::size_t>(length & ~kPointer) << 8 | low[0];
      if (resume == 0) resume = position_;
      if (target >= bound) return fail(), WireName();
      position_ = bound = target;
      continue;
    }
    if ((length & kPointer) != 0 || wire.size() + 1 + length > kMaxName) return fail(), WireName();
    wire.push_back(static_cast<char>(length));
    wire.append(to_lower(as_text(take(length))));
    if (length == 0) break;
  }
  if (resume != 0) position_ = resume;
  return fault_ ? WireName() : wire;
}

}  // namespace gw::dns
