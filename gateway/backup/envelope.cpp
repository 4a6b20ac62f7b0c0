#include "backup/envelope.h"

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/rsa.h>

#include "pki/encoded.h"

namespace gw::backup {
namespace {

using CmsPtr = std::unique_ptr<CMS_ContentInfo, pki::Freer<CMS_ContentInfo_free>>;

constexpr unsigned kFlags = CMS_BINARY | CMS_PARTIAL;

Error failed(const char* why) {
  ERR_clear_error();
  return {ErrorCode::backup_envelope, why};
}

bool set_rsa_ways(EVP_PKEY_CTX* way) {
  return EVP_PKEY_CTX_set_rsa_padding(way, RSA_PKCS1_OAEP_PADDING) == 1 &&
         EVP_PKEY_CTX_set_rsa_oaep_md(way, EVP_sha256()) == 1 &&
         EVP_PKEY_CTX_set_rsa_mgf1_md(way, EVP_sha256()) == 1;
}

/// The X9.63 function is what libcrypto takes of itself, and only then.
bool set_curve_ways(EVP_PKEY_CTX* way) { return EVP_PKEY_CTX_set_ecdh_kdf_md(way, EVP_sha256()) == 1; }

bool add(CMS_ContentInfo* cms, const Recipient& recipient) {
  auto* certificate = const_cast<X509*>(recipient.certificate());
  CMS_RecipientInfo* info = CMS_add1_recipient_cert(cms, certificate, CMS_KEY_PARAM);
  EVP_PKEY_CTX* way = info != nullptr ? CMS_RecipientInfo_get0_pkey_ctx(info) : nullptr;
  if (way == nullptr) return false;
  return recipient.is_rsa() ? set_rsa_ways(way) : set_curve_ways(way);
}

pki::BioPtr reader_of(Bytes octets) {
  static constexpr std::uint8_t kNone = 0;  // libcrypto takes no null for nothing
  pki::BioPtr bio(BIO_new_mem_buf(octets.empty() ? &kNone : octets.data(), static_cast<int>(octets.size())));
  GW_CHECK(bio, "out of memory");
  return bio;
}

}  // namespace

Result<std::vector<std::uint8_t>> close_envelope(Bytes content, const std::vector<Recipient>& recipients) {
  GW_TRY(check_recipients(recipients));
  OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
  const CmsPtr cms(CMS_encrypt(nullptr, nullptr, EVP_aes_256_gcm(), kFlags));
  if (!cms) return failed("libcrypto makes no envelope");
  for (const Recipient& one : recipients)
    if (!add(cms.get(), one)) return failed("libcrypto does not encrypt to a recipient's key");
  if (CMS_final(cms.get(), reader_of(content).get(), nullptr, kFlags) != 1)
    return failed("libcrypto does not close the envelope");
  return pki::encoded(i2d_CMS_ContentInfo, cms.get());
}

Result<std::vector<std::uint8_t>> open_envelope(Bytes envelope, X509* certificate, EVP_PKEY* key) {
  OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
  const unsigned char* at = envelope.data();
  const CmsPtr cms(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(envelope.size())));
  if (!cms || at != envelope.data() + envelope.size() ||
      OBJ_obj2nid(CMS_get0_type(cms.get())) != NID_id_smime_ct_authEnvelopedData)
    return failed("it is no CMS AuthEnvelopedData and nothing else");
  if (X509_check_private_key(certificate, key) != 1) return failed("the key is not that of the certificate");
  const pki::BioPtr out(BIO_new(BIO_s_mem()));
  GW_CHECK(out, "out of memory");
  if (CMS_decrypt(cms.get(), key, certificate, nullptr, out.get(), CMS_BINARY) != 1)
    return failed("it does not open with this key: it is for somebody else, or was changed");
  char* octets = nullptr;
  const long size = BIO_get_mem_data(out.get(), &octets);
  return std::vector<std::uint8_t>(octets, octets + size);
}

}  // namespace gw::backup
