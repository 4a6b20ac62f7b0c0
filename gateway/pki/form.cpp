#include "pki/form.h"

#include <algorithm>
#include <set>
#include <vector>

#include "base/bytes.h"
#include "base/check.h"

namespace gw::pki {
namespace {

constexpr int kMostSerialOctets = 20;  // RFC 5280 4.1.2.2

using Octets = std::vector<std::uint8_t>;
using AuthorityPtr = std::unique_ptr<AUTHORITY_KEYID, Freer<AUTHORITY_KEYID_free>>;

template <class Object, class Encode>
Octets encoded(Encode encode, Object* object) {
  unsigned char* octets = nullptr;
  const int size = encode(object, &octets);
  GW_CHECK(size > 0, "what was parsed can be encoded again");
  Octets copy(octets, octets + size);
  OPENSSL_free(octets);
  return copy;
}

/// Header and content of the value at the front of `octets`; its whole size, 0 if there is none.
struct Value {
  int tag = 0;
  Bytes content{};
  std::size_t size = 0;
};
Value front_value(Bytes octets) {
  const unsigned char* at = octets.data();
  long length = 0;
  int tag = 0, kind = 0;
  const int form = ASN1_get_object(&at, &length, &tag, &kind, static_cast<long>(octets.size()));
  if ((form & 0x81) != 0) return {};  // unreadable, or of indefinite length (X.690 10.1)
  const auto header = static_cast<std::size_t>(at - octets.data());
  const auto size = static_cast<std::size_t>(length);
  return {tag, octets.subspan(header, size), header + size};
}

Finding serial_finding(const X509* certificate) {
  const ASN1_INTEGER* serial = X509_get0_serialNumber(certificate);
  const bool negative = ASN1_STRING_type(serial) == V_ASN1_NEG_INTEGER;
  const unsigned char* octets = ASN1_STRING_get0_data(serial);
  const int size = ASN1_STRING_length(serial);
  const bool zero = std::all_of(octets, octets + size, [](unsigned char octet) { return octet == 0; });
  // DER puts a zero octet before a leading one bit; it counts.
  const bool too_long = size > kMostSerialOctets || (size == kMostSerialOctets && octets[0] >= 0x80);
  if (negative || zero || too_long)
    return {Fault::malformed, "the serial number is not positive or too long (RFC 5280 4.1.2.2)"};
  return {};
}

/// DEFAULT FALSE is not written, and TRUE is 255 (X.690 11.1, 11.5).
bool criticality_is_der(X509_EXTENSION* extension) {
  const Octets octets = encoded(i2d_X509_EXTENSION, extension);
  const Bytes fields = front_value(octets).content;
  const Value critical = front_value(fields.subspan(front_value(fields).size));
  return critical.tag != V_ASN1_BOOLEAN || (critical.content.size() == 1 && critical.content[0] == 0xff);
}

bool value_is_whole(X509_EXTENSION* extension) {
  if (X509V3_EXT_get(extension) == nullptr) return true;  // a stranger's own affair
  const ASN1_OCTET_STRING* value = X509_EXTENSION_get_data(extension);
  const auto size = static_cast<std::size_t>(ASN1_STRING_length(value));
  return size > 0 && front_value({ASN1_STRING_get0_data(value), size}).size == size;
}

Finding extensions_finding(const X509* certificate) {
  std::set<Octets> seen;
  for (int i = 0; i < X509_get_ext_count(certificate); ++i) {
    X509_EXTENSION* extension = X509_get_ext(certificate, i);
    if (!seen.insert(encoded(i2d_ASN1_OBJECT, X509_EXTENSION_get_object(extension))).second)
      return {Fault::malformed, "an extension stands there twice (RFC 5280 4.2)"};
    if (!criticality_is_der(extension))
      return {Fault::malformed, "an extension's criticality is not DER (X.690 11)"};
    if (!value_is_whole(extension))
      return {Fault::malformed, "something stands behind an extension's value (RFC 5280 4.2)"};
  }
  return {};
}

/// Issuer and serial number come both or not at all (RFC 5280 4.2.1.1).
bool authority_is_whole(const X509* certificate) {
  const AuthorityPtr id(static_cast<AUTHORITY_KEYID*>(
      X509_get_ext_d2i(certificate, NID_authority_key_identifier, nullptr, nullptr)));
  return !id || (id->issuer == nullptr) == (id->serial == nullptr);
}

/// libcrypto keeps the signed part as it came; written anew it must be the same octets.
bool is_der(const X509* certificate) {
  const X509Ptr copy(X509_dup(certificate));
  if (!copy) return false;
  const Octets as_it_came = encoded(i2d_X509, copy.get());
  if (i2d_re_X509_tbs(copy.get(), nullptr) <= 0) return false;
  return encoded(i2d_X509, copy.get()) == as_it_came;
}

}  // namespace

Finding form_finding(const X509* certificate) {
  if (X509_get_version(certificate) != X509_VERSION_3)
    return {Fault::malformed, "the certificate is not of version 3 (RFC 5280 4.1.2.1)"};
  if (const Finding found = serial_finding(certificate)) return found;
  const ASN1_BIT_STRING *issuer = nullptr, *subject = nullptr;
  X509_get0_uids(certificate, &issuer, &subject);
  if (issuer != nullptr || subject != nullptr)
    return {Fault::malformed, "the certificate has unique identifiers (RFC 5280 4.1.2.8)"};
  if (const Finding found = extensions_finding(certificate)) return found;
  if (!authority_is_whole(certificate))
    return {Fault::malformed, "the authority key identifier names half an issuer (RFC 5280 4.2.1.1)"};
  if (!is_der(certificate)) return {Fault::malformed, "the certificate is not DER (RFC 5280 4.1)"};
  return {};
}

}  // namespace gw::pki
