#include "ca/extensions.h"

#include <openssl/asn1.h>
#include <openssl/objects.h>

namespace gw::ca {
namespace {

using BitsPtr = std::unique_ptr<ASN1_BIT_STRING, pki::Freer<ASN1_BIT_STRING_free>>;

constexpr int kPurposeIds[] = {NID_client_auth, NID_server_auth, NID_code_sign};

Octets basic_constraints(const Profile& profile) {
  if (!profile.path_length) return tagged(Tag::sequence, {});
  return tagged(Tag::sequence,
                {tagged(Tag::boolean, {{0xff}}), integer(static_cast<std::uint64_t>(*profile.path_length))});
}

Octets key_usage(const Profile& profile) {
  const BitsPtr bits(ASN1_BIT_STRING_new());
  GW_CHECK(bits, "out of memory");
  for (const Usage usage : profile.usage)
    GW_CHECK(ASN1_BIT_STRING_set_bit(bits.get(), static_cast<int>(usage), 1) == 1, "out of memory");
  return encoded(i2d_ASN1_BIT_STRING, static_cast<const ASN1_BIT_STRING*>(bits.get()));
}

Octets purposes(const Profile& profile) {
  Octets all;
  for (const Purpose purpose : profile.purposes)
    append(all, object_id(kPurposeIds[static_cast<std::size_t>(purpose)]));
  return tagged(Tag::sequence, Bytes(all));
}

}  // namespace

Octets extension(int nid, Weight weight, const Octets& value) {
  const Octets critical = weight == Weight::critical ? tagged(Tag::boolean, {{0xff}}) : Octets();
  return tagged(Tag::sequence, {object_id(nid), critical, tagged(Tag::octets, Bytes(value))});
}

Octets extensions_of(const Profile& profile, const Names& names, const Territory& territory,
                     const PublicKey& subject_key, const Octets& authority_key) {
  Octets all;
  append(all, extension(NID_basic_constraints, Weight::critical, basic_constraints(profile)));
  append(all, extension(NID_key_usage, Weight::critical, key_usage(profile)));
  if (!profile.purposes.empty()) append(all, extension(NID_ext_key_usage, Weight::plain, purposes(profile)));
  if (!names.empty()) append(all, extension(NID_subject_alt_name, Weight::plain, general_names(names)));
  if (profile.has_territory)
    append(all, extension(NID_name_constraints, Weight::critical, name_constraints(territory)));
  append(all, extension(NID_subject_key_identifier, Weight::plain,
                        tagged(Tag::octets, Bytes(subject_key.identifier()))));
  if (!authority_key.empty())
    append(all, extension(NID_authority_key_identifier, Weight::plain, authority_key));
  return tagged(Tag::group_3, {tagged(Tag::sequence, Bytes(all))});
}

}  // namespace gw::ca
