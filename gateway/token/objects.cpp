#include "token/objects.h"

#include <algorithm>
#include <vector>

#include "keys/der.h"

namespace gw::token {
namespace {

using Octets = std::vector<std::uint8_t>;

/// A curve by its object identifier in DER, as CKA_EC_PARAMS has it (RFC 5480 2.1.1.1).
struct Curve {
  std::uint8_t size;
  std::uint8_t object_id[10];
  const char* name;
};
constexpr Curve kCurves[] = {
    {10, {0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07}, "P-256"},
    {7, {0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22}, "P-384"},
    {7, {0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x23}, "P-521"},
};

CK_ATTRIBUTE attribute(CK_ATTRIBUTE_TYPE type, const void* value, std::size_t size) {
  return {type, const_cast<void*>(value), size};
}

/// The first handles, two at most, of what has all these attributes.
Result<std::vector<CK_OBJECT_HANDLE>> find(CK_FUNCTION_LIST& calls, CK_SESSION_HANDLE session,
                                           std::vector<CK_ATTRIBUTE> attributes) {
  std::vector<CK_OBJECT_HANDLE> found(2);
  CK_ULONG count = 0;
  CK_RV code = calls.C_FindObjectsInit(session, attributes.data(), attributes.size());
  if (code == CKR_OK) {
    code = calls.C_FindObjects(session, found.data(), found.size(), &count);
    calls.C_FindObjectsFinal(session);
  }
  if (code != CKR_OK) return token_refusal("look for the key", code);
  found.resize(std::min<std::size_t>(count, found.size()));
  return found;
}

/// What an object says of itself; empty if it does not.
Octets value_of(CK_FUNCTION_LIST& calls, CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object,
                CK_ATTRIBUTE_TYPE type) {
  Octets value(2048);
  CK_ATTRIBUTE wanted = attribute(type, value.data(), value.size());
  const CK_RV code = calls.C_GetAttributeValue(session, object, &wanted, 1);
  value.resize(code == CKR_OK && wanted.ulValueLen <= value.size() ? wanted.ulValueLen : 0);
  return value;
}

/// CKA_EC_POINT is a DER OCTET STRING (PKCS#11 6.3.3); some tokens leave the wrapping out.
Octets unwrapped(const Octets& point) {
  const auto items = keys::read_der(point);
  if (!items || items->size() != 1 || !(*items)[0].is(keys::DerTag::octets)) return point;
  return {(*items)[0].value.begin(), (*items)[0].value.end()};
}

Result<keys::PublicHalf> half_in(CK_FUNCTION_LIST& calls, CK_SESSION_HANDLE session,
                                 CK_OBJECT_HANDLE object) {
  const auto value = [&](CK_ATTRIBUTE_TYPE type) { return value_of(calls, session, object, type); };
  const Octets modulus = value(CKA_MODULUS), exponent = value(CKA_PUBLIC_EXPONENT);
  if (!modulus.empty() && !exponent.empty()) return keys::PublicHalf::of_rsa(modulus, exponent);
  const Octets parameters = value(CKA_EC_PARAMS), point = value(CKA_EC_POINT);
  for (const Curve& curve : kCurves)
    if (!point.empty() && std::ranges::equal(parameters, Bytes(curve.object_id, curve.size)))
      return keys::PublicHalf::of_ec(curve.name, unwrapped(point));
  return Error{ErrorCode::key_unreadable,
               "the token shows no public half of the key: put its public key beside it, with the same id"};
}

}  // namespace

Result<CK_OBJECT_HANDLE> find_private_key(CK_FUNCTION_LIST& calls, CK_SESSION_HANDLE session,
                                          const Uri& uri) {
  const CK_OBJECT_CLASS kind = CKO_PRIVATE_KEY;
  std::vector<CK_ATTRIBUTE> wanted{attribute(CKA_CLASS, &kind, sizeof kind)};
  if (uri.object) wanted.push_back(attribute(CKA_LABEL, uri.object->data(), uri.object->size()));
  if (uri.id) wanted.push_back(attribute(CKA_ID, uri.id->data(), uri.id->size()));
  GW_TRY(const auto found, find(calls, session, std::move(wanted)));
  if (found.empty())
    return Error{ErrorCode::key_unavailable, "the token holds no private key that fits the PKCS#11 URI"};
  if (found.size() > 1)
    return Error{ErrorCode::key_unreadable, "the PKCS#11 URI fits more than one key: give object and id"};
  return found.front();
}

Result<keys::PublicHalf> read_public_half(CK_FUNCTION_LIST& calls, CK_SESSION_HANDLE session,
                                          CK_OBJECT_HANDLE key) {
  auto own = half_in(calls, session, key);
  if (own) return own;
  const CK_OBJECT_CLASS kind = CKO_PUBLIC_KEY;
  const Octets id = value_of(calls, session, key, CKA_ID);
  GW_TRY(const auto found,
         find(calls, session,
              {attribute(CKA_CLASS, &kind, sizeof kind), attribute(CKA_ID, id.data(), id.size())}));
  if (found.size() != 1 || id.empty()) return own;
  return half_in(calls, session, found.front());
}

}  // namespace gw::token
