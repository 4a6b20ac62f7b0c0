#include "ca/der.h"

#include <openssl/asn1.h>
#include <openssl/crypto.h>
#include <openssl/objects.h>

namespace gw::ca {

Octets tagged(Tag tag, Bytes content) {
  constexpr std::size_t kLongLength = 0x80;
  Octets out{static_cast<std::uint8_t>(tag)};
  Octets length;
  for (std::size_t rest = content.size(); rest > 0; rest >>= 8)
    length.insert(length.begin(), static_cast<std::uint8_t>(rest));
  if (content.size() >= kLongLength)
    out.push_back(static_cast<std::uint8_t>(kLongLength + length.size()));
  else if (content.empty())
    out.push_back(0);
  append(out, length);
  out.insert(out.end(), content.begin(), content.end());
  return out;
}

Octets tagged(Tag tag, std::initializer_list<Octets> parts) {
  Octets all;
  for (const Octets& part : parts) append(all, part);
  return tagged(tag, Bytes(all));
}

void append(Octets& to, const Octets& part) { to.insert(to.end(), part.begin(), part.end()); }

Octets integer(std::uint64_t number, Tag tag) {
  Octets content;
  do {
    content.insert(content.begin(), static_cast<std::uint8_t>(number));
    number >>= 8;
  } while (number > 0);
  if (content.front() >= 0x80) content.insert(content.begin(), 0);  // or it would be negative
  return tagged(tag, Bytes(content));
}

Octets object_id(int nid) { return encoded(i2d_ASN1_OBJECT, OBJ_nid2obj(nid)); }

Octets copied(unsigned char* der, int size) {
  GW_CHECK(size > 0, "out of memory");
  Octets out(der, der + size);
  OPENSSL_free(der);
  return out;
}

}  // namespace gw::ca
