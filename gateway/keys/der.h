#pragma once

#include <cstdint>
#include <initializer_list>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace gw::keys {

/// Tags of the few types that key files are made of (X.690 8).
enum class DerTag : std::uint8_t {
  boolean = 0x01,
  integer = 0x02,
  octets = 0x04,
  object_id = 0x06,
  utf8 = 0x0c,
  visible = 0x1a,
  sequence = 0x30,
  first_explicit = 0xa0,  ///< [0] EXPLICIT
};

/// One element; its octets are somebody else's.
struct DerItem {
  std::uint8_t tag;
  Bytes value;

  bool is(DerTag wanted) const { return tag == static_cast<std::uint8_t>(wanted); }
};

/// The elements in a row, each with a one-octet tag and a length in its shortest form (X.690 10.1), of less
/// than 64 KiB. key.unreadable otherwise, and if anything is left over.
Result<std::vector<DerItem>> read_der(Bytes elements);
/// The elements within the one SEQUENCE that `whole` must be.
Result<std::vector<DerItem>> read_der_sequence(Bytes whole);

std::vector<std::uint8_t> write_der(DerTag tag, Bytes value);
/// The parts, each written already, in one element.
std::vector<std::uint8_t> write_der(DerTag tag, std::initializer_list<std::vector<std::uint8_t>> parts);

}  // namespace gw::keys
