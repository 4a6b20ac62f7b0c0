#include "unit/pki/odd_certificate.h"

#include <openssl/pem.h>

#include "base/check.h"
#include "pki/certificate.h"
#include "support/elsewhere.h"

namespace gw::pki {
namespace {

KeyPtr key_in(const std::string& pem) {
  const BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  return KeyPtr(PEM_read_bio_PrivateKey_ex(bio.get(), nullptr, nullptr, nullptr, support::elsewhere(), nullptr));
}

template <class Object, class Write>
std::string pem_by(Write write, Object* object) {
  const BioPtr bio(BIO_new(BIO_s_mem()));
  write(bio.get(), object);
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

GENERAL_NAME* general_name(const OddCertificate::Name& from) {
  GENERAL_NAME* name = GENERAL_NAME_new();
  ASN1_STRING* text = ASN1_STRING_type_new(from.type == GEN_IPADD ? V_ASN1_OCTET_STRING : V_ASN1_IA5STRING);
  ASN1_STRING_set(text, from.octets.data(), static_cast<int>(from.octets.size()));
  GENERAL_NAME_set0_value(name, from.type, text);
  return name;
}

void add_names(X509* certificate, const OddCertificate& odd) {
  if (!odd.raw_names.empty()) {
    ASN1_OCTET_STRING* value = ASN1_OCTET_STRING_new();
    ASN1_OCTET_STRING_set(value, reinterpret_cast<const unsigned char*>(odd.raw_names.data()),
                          static_cast<int>(odd.raw_names.size()));
    X509_EXTENSION* extension = X509_EXTENSION_create_by_NID(nullptr, NID_subject_alt_name, 0, value);
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
    ASN1_OCTET_STRING_free(value);
  }
  if (odd.names.empty()) return;
  const GeneralNamesPtr names(GENERAL_NAMES_new());
  for (const OddCertificate::Name& name : odd.names) sk_GENERAL_NAME_push(names.get(), general_name(name));
  X509_add1_ext_i2d(certificate, NID_subject_alt_name, names.get(), 0, X509V3_ADD_APPEND);
}

void add_text_extension(X509* certificate, int nid, const std::string& value) {
  if (value.empty()) return;
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, nid, value.c_str());
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

/// The issuer's key by its name, or by any if it has none.
void add_authority(X509* certificate, const X509* issuer) {
  const ASN1_OCTET_STRING* named = X509_get0_subject_key_id(const_cast<X509*>(issuer));
  AUTHORITY_KEYID* id = AUTHORITY_KEYID_new();
  id->keyid = named != nullptr ? ASN1_OCTET_STRING_dup(named) : ASN1_OCTET_STRING_new();
  X509_add1_ext_i2d(certificate, NID_authority_key_identifier, id, 0, X509V3_ADD_APPEND);
  AUTHORITY_KEYID_free(id);
}

void name_subject(X509* certificate) {
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>("odd"), -1, -1, 0);
}

}  // namespace

support::Issued OddCertificate::make() const {
  const KeyPtr key(EVP_PKEY_Q_keygen(support::elsewhere(), nullptr, "EC", "P-256"));
  const X509Ptr certificate(X509_new_ex(support::elsewhere(), nullptr));
  X509* x = certificate.get();
  X509_set_version(x, X509_VERSION_3);
  ASN1_INTEGER_set_uint64(X509_get_serialNumber(x), 0xabcdef);
  X509_gmtime_adj(X509_getm_notBefore(x), -3600);
  X509_gmtime_adj(X509_getm_notAfter(x), 86'400);
  name_subject(x);
  X509_set_pubkey(x, key.get());
  add_text_extension(x, NID_basic_constraints, "critical,CA:FALSE");
  add_text_extension(x, NID_key_usage, "critical,digitalSignature");
  add_text_extension(x, NID_ext_key_usage, usage);
  add_names(x, *this);
  const std::vector<X509Ptr> above = issuer ? certificates_of(issuer->chain_pem) : std::vector<X509Ptr>();
  if (issuer) add_authority(x, above.front().get());
  X509_set_issuer_name(x, X509_get_subject_name(issuer ? above.front().get() : x));
  const KeyPtr issuer_key = issuer ? key_in(issuer->key_pem) : nullptr;
  EVP_MD* digest = EVP_MD_fetch(support::elsewhere(), "SHA256", nullptr);
  GW_CHECK(X509_sign(x, issuer ? issuer_key.get() : key.get(), digest) > 0,
           "a test certificate can be signed");
  EVP_MD_free(digest);
  const auto write_key = [](BIO* bio, EVP_PKEY* k) {
    return PEM_write_bio_PrivateKey(bio, k, nullptr, nullptr, 0, nullptr, nullptr);
  };
  return {pem_by(PEM_write_bio_X509, x) + (issuer ? issuer->chain_pem : ""), pem_by(write_key, key.get())};
}

X509Ptr OddCertificate::read() const { return std::move(certificates_of(make().chain_pem).front()); }

std::vector<X509Ptr> certificates_of(const std::string& pem) {
  auto read = read_certificates(pem);
  GW_CHECK(read, "the test's own certificate can be read");
  return *std::move(read);
}

}  // namespace gw::pki
