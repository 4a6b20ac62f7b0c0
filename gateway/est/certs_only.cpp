#include "est/certs_only.h"

#include <openssl/cms.h>
#include <openssl/err.h>

namespace gw::est {
namespace {

using BagPtr = std::unique_ptr<CMS_ContentInfo, pki::Freer<CMS_ContentInfo_free>>;

Error malformed(const char* why) {
  ERR_clear_error();
  return {ErrorCode::est_malformed, why};
}

void free_all(STACK_OF(X509) * certificates) { sk_X509_pop_free(certificates, X509_free); }
using StackPtr = std::unique_ptr<STACK_OF(X509), pki::Freer<free_all>>;

/// Nothing inside, nobody signs.
bool is_only_a_bag(CMS_ContentInfo* bag) {
  if (OBJ_obj2nid(CMS_get0_type(bag)) != NID_pkcs7_signed) return false;
  ASN1_OCTET_STRING** content = CMS_get0_content(bag);
  return OBJ_obj2nid(CMS_get0_eContentType(bag)) == NID_pkcs7_data &&
         (content == nullptr || *content == nullptr) && sk_CMS_SignerInfo_num(CMS_get0_SignerInfos(bag)) <= 0;
}

}  // namespace

Result<std::vector<pki::X509Ptr>> read_certs_only(Bytes octets) {
  const unsigned char* at = octets.data();
  const BagPtr bag(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(octets.size())));
  if (!bag || at != octets.data() + octets.size())
    return malformed("not one CMS message (RFC 5652) and nothing else");
  if (!is_only_a_bag(bag.get())) return malformed("the CMS message is not certificates only (RFC 5272 4.1)");
  const StackPtr found(CMS_get1_certs(bag.get()));
  const int count = found ? sk_X509_num(found.get()) : 0;
  if (count < 1 || count > kMostCertificates) return malformed("no certificates, or more than 16");
  std::vector<pki::X509Ptr> out;
  for (int i = 0; i < count; ++i) {
    X509* certificate = sk_X509_value(found.get(), i);
    X509_up_ref(certificate);
    out.emplace_back(certificate);
  }
  ERR_clear_error();
  return out;
}

Octets write_certs_only(const std::vector<Octets>& certificates) {
  using ca::Tag;
  using ca::tagged;
  Octets all;
  for (const Octets& certificate : certificates) ca::append(all, certificate);
  // RFC 5652 5.1: version 1, no digests, data without content, the certificates, no signers.
  const Octets inside = tagged(Tag::sequence, {ca::object_id(NID_pkcs7_data)});
  const Octets signed_data =
      tagged(Tag::sequence, {ca::integer(1), tagged(Tag::set, Bytes()), inside,
                             tagged(Tag::group_0, Bytes(all)), tagged(Tag::set, Bytes())});
  return tagged(Tag::sequence, {ca::object_id(NID_pkcs7_signed), tagged(Tag::group_0, Bytes(signed_data))});
}

}  // namespace gw::est
