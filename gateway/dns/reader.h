#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "model/address.h"

namespace gw::dns {

/// A domain name as on the wire, uncompressed and in lower case: length octet and label, the last length is
/// zero. Names are compared in this form, so that a label with a dot inside cannot pass for two.
using WireName = std::string;

/// The wire form of a host name.
WireName wire_name(std::string_view host_name);

/// Reads a DNS message with one sticky fault; after a fault everything is zero or empty.
/// Unlike base's Reader it keeps the whole message, since names point back into it.
class MessageReader {
 public:
  explicit MessageReader(Bytes message) : message_(message) {}

  std::uint16_t u16();
  std::uint32_t u32();
  model::IpAddress address(model::Family family);
  /// A name, compressed or not. Every pointer leads to an earlier place than the one before it, so reading
  /// ends, and the name keeps RFC 1035's 255 octets (RFC 1035 4.1.4, 3.1).
  WireName name();
  void skip(std::size_t size) { take(size); }

  std::size_t position() const { return position_; }
  bool at_end() const { return position_ == message_.size(); }
  void fail() { fault_ = true; }
  bool faulty() const { return fault_; }

 private:
  Bytes take(std::size_t size);

  Bytes message_;
  std::size_t position_ = 0;
  bool fault_ = false;
};

}  // namespace gw::dns
