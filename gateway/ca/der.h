#pragma once

#include <cstdint>
#include <initializer_list>
#include <vector>

#include "base/bytes.h"
#include "base/check.h"

namespace gw::ca {

using Octets = std::vector<std::uint8_t>;

/// Tags of what stands in certificates, lists and answers (X.690 8).
enum class Tag : std::uint8_t {
  boolean = 0x01,
  integer = 0x02,
  bits = 0x03,
  octets = 0x04,
  enumerated = 0x0a,
  utc_time = 0x17,
  general_time = 0x18,
  sequence = 0x30,
  set = 0x31,
  field_0 = 0x80,  ///< [0] IMPLICIT, of one value
  field_1 = 0x81,
  field_2 = 0x82,
  field_6 = 0x86,
  field_7 = 0x87,
  group_0 = 0xa0,  ///< [0] EXPLICIT, or IMPLICIT of a SEQUENCE
  group_1 = 0xa1,
  group_2 = 0xa2,
  group_3 = 0xa3,
};

/// One element in DER, of any size.
Octets tagged(Tag tag, Bytes content);
/// The parts, each written already, in one element.
Octets tagged(Tag tag, std::initializer_list<Octets> parts);
void append(Octets& to, const Octets& part);

/// A small number that is not negative.
Octets integer(std::uint64_t number, Tag tag = Tag::integer);
/// The object identifier behind a number of libcrypto's (NID).
Octets object_id(int nid);

/// What an i2d function of libcrypto writes.
Octets copied(unsigned char* der, int size);
template <class T, class U>
Octets encoded(int (*write)(T*, unsigned char**), U* object) {
  unsigned char* der = nullptr;
  const int size = write(object, &der);
  return copied(der, size);
}

}  // namespace gw::ca
