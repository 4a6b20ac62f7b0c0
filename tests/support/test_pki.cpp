#include "support/test_pki.h"

#include <openssl/core_names.h>
#include <openssl/ocsp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>

#include "base/check.h"
#include "pki/revocation_list.h"
#include "support/elsewhere.h"

namespace gw::support {
namespace {

pki::KeyPtr make_key(KeyKind kind) {
  const auto rsa = [](std::size_t bits) { return EVP_PKEY_Q_keygen(elsewhere(), nullptr, "RSA", bits); };
  const auto ec = [](const char* curve) { return EVP_PKEY_Q_keygen(elsewhere(), nullptr, "EC", curve); };
  switch (kind) {
    case KeyKind::p224:
      return pki::KeyPtr(ec("P-224"));
    case KeyKind::p256:
      return pki::KeyPtr(ec("P-256"));
    case KeyKind::p384:
      return pki::KeyPtr(ec("P-384"));
    case KeyKind::rsa1024:
      return pki::KeyPtr(rsa(1024));
    case KeyKind::rsa2048:
      return pki::KeyPtr(rsa(2048));
    case KeyKind::rsa3072:
      return pki::KeyPtr(rsa(3072));
  }
  return nullptr;
}

std::string text_of(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return {data, static_cast<std::size_t>(size)};
}

std::string pem_of(X509* certificate) {
  const pki::BioPtr bio(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509(bio.get(), certificate);
  return text_of(bio.get());
}

std::string pem_of(EVP_PKEY* key) {
  const pki::BioPtr bio(BIO_new(BIO_s_mem()));
  PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
  return text_of(bio.get());
}

void add_extension(X509* certificate, X509* issuer, int nid, const std::string& value) {
  if (value.empty()) return;
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str());
  GW_CHECK(extension != nullptr, "the test's own extension text is wrong");
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

pki::X509Ptr make_certificate(const CertificateOptions& o, EVP_PKEY* key, X509* issuer) {
  pki::X509Ptr certificate(X509_new_ex(elsewhere(), nullptr));
  X509* x = certificate.get();
  X509_set_version(x, X509_VERSION_3);
  std::uint64_t serial = 0;
  RAND_bytes_ex(elsewhere(), reinterpret_cast<unsigned char*>(&serial), sizeof serial, 0);
  ASN1_INTEGER_set_uint64(X509_get_serialNumber(x), serial >> 1 | 1);
  X509_gmtime_adj(X509_getm_notBefore(x), o.begins.count());
  X509_gmtime_adj(X509_getm_notAfter(x), o.ends.count());
  X509_NAME_add_entry_by_txt(X509_get_subject_name(x), "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(o.name.c_str()), -1, -1, 0);
  X509_set_issuer_name(x, X509_get_subject_name(issuer != nullptr ? issuer : x));
  X509_set_pubkey(x, key);
  return certificate;
}

void sign(X509* certificate, EVP_PKEY* key, const std::string& digest) {
  EVP_MD* md = EVP_MD_fetch(elsewhere(), digest.c_str(), nullptr);
  GW_CHECK(X509_sign(certificate, key, md) > 0, "a test certificate could not be signed");
  EVP_MD_free(md);
}

void make_ca(X509* certificate, X509* issuer, const CertificateOptions& o) {
  const std::string length = o.path_length < 0 ? "" : ",pathlen:" + std::to_string(o.path_length);
  add_extension(certificate, issuer, NID_basic_constraints, "critical,CA:TRUE" + length);
  add_extension(certificate, issuer, NID_key_usage, "critical,keyCertSign,cRLSign");
  add_extension(certificate, issuer, NID_subject_key_identifier, "hash");
  if (issuer != certificate) add_extension(certificate, issuer, NID_authority_key_identifier, "keyid");
  add_extension(certificate, issuer, NID_name_constraints, o.name_constraints);
}

}  // namespace

TestCa TestCa::root(CertificateOptions options) {
  TestCa ca;
  ca.key_ = make_key(options.key);
  return ca.renewed(options);
}

TestCa TestCa::intermediate(CertificateOptions options) const {
  TestCa ca;
  ca.key_ = make_key(options.key);
  ca.certificate_ = make_certificate(options, ca.key_.get(), certificate_.get());
  make_ca(ca.certificate_.get(), certificate_.get(), options);
  sign(ca.certificate_.get(), key_.get(), options.digest);
  ca.pem_ = pem_of(ca.certificate_.get());
  ca.chain_pem_ = ca.pem_ + chain_pem_;
  return ca;
}

TestCa TestCa::renewed(CertificateOptions options) const {
  TestCa ca;
  ca.key_ = key_;
  ca.certificate_ = make_certificate(options, key_.get(), nullptr);
  make_ca(ca.certificate_.get(), ca.certificate_.get(), options);
  sign(ca.certificate_.get(), key_.get(), options.digest);
  ca.pem_ = pem_of(ca.certificate_.get());
  return ca;
}

std::vector<std::uint8_t> TestCa::revocation_list(const std::vector<Issued>& revoked,
                                                  std::chrono::seconds ends) const {
  const pki::CrlPtr list(X509_CRL_new_ex(elsewhere(), nullptr));
  const auto moment = [](std::chrono::seconds from_now) {
    return std::unique_ptr<ASN1_TIME, pki::Freer<ASN1_TIME_free>>(X509_gmtime_adj(nullptr, from_now.count()));
  };
  X509_CRL_set_version(list.get(), X509_CRL_VERSION_2);
  X509_CRL_set_issuer_name(list.get(), X509_get_subject_name(certificate_.get()));
  X509_CRL_set1_lastUpdate(list.get(), moment(std::chrono::hours(-1)).get());
  X509_CRL_set1_nextUpdate(list.get(), moment(ends).get());
  for (const Issued& each : revoked) {
    const pki::BioPtr bio(BIO_new_mem_buf(each.chain_pem.data(), static_cast<int>(each.chain_pem.size())));
    const pki::X509Ptr certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
    X509_REVOKED* entry = X509_REVOKED_new();
    X509_REVOKED_set_serialNumber(entry, X509_get_serialNumber(certificate.get()));
    X509_REVOKED_set_revocationDate(entry, moment(std::chrono::hours(-1)).get());
    X509_CRL_add0_revoked(list.get(), entry);
  }
  EVP_MD* md = EVP_MD_fetch(elsewhere(), "SHA256", nullptr);
  GW_CHECK(X509_CRL_sign(list.get(), key_.get(), md) > 0, "a test list could not be signed");
  EVP_MD_free(md);
  std::vector<std::uint8_t> octets(static_cast<std::size_t>(i2d_X509_CRL(list.get(), nullptr)));
  unsigned char* at = octets.data();
  i2d_X509_CRL(list.get(), &at);
  return octets;
}

std::vector<std::uint8_t> TestCa::status_answer(const Issued& about, bool revoked, std::chrono::seconds ends,
                                                std::chrono::seconds begins) const {
  using BasicPtr = std::unique_ptr<OCSP_BASICRESP, pki::Freer<OCSP_BASICRESP_free>>;
  using AnswerPtr = std::unique_ptr<OCSP_RESPONSE, pki::Freer<OCSP_RESPONSE_free>>;
  using IdPtr = std::unique_ptr<OCSP_CERTID, pki::Freer<OCSP_CERTID_free>>;
  using TimePtr = std::unique_ptr<ASN1_TIME, pki::Freer<ASN1_TIME_free>>;
  const pki::BioPtr bio(BIO_new_mem_buf(about.chain_pem.data(), static_cast<int>(about.chain_pem.size())));
  const pki::X509Ptr leaf(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
  const BasicPtr basic(OCSP_BASICRESP_new());
  const IdPtr id(OCSP_cert_to_id(EVP_sha1(), leaf.get(), certificate_.get()));
  const TimePtr began(X509_gmtime_adj(nullptr, begins.count())), end(X509_gmtime_adj(nullptr, ends.count()));
  OCSP_basic_add1_status(basic.get(), id.get(), revoked ? V_OCSP_CERTSTATUS_REVOKED : V_OCSP_CERTSTATUS_GOOD,
                         OCSP_REVOKED_STATUS_KEYCOMPROMISE, revoked ? began.get() : nullptr, began.get(),
                         end.get());
  EVP_MD* md = EVP_MD_fetch(elsewhere(), "SHA256", nullptr);
  GW_CHECK(OCSP_basic_sign(basic.get(), certificate_.get(), key_.get(), md, nullptr, OCSP_NOCERTS) == 1,
           "a test answer could not be signed");
  EVP_MD_free(md);
  const AnswerPtr answer(OCSP_response_create(OCSP_RESPONSE_STATUS_SUCCESSFUL, basic.get()));
  std::vector<std::uint8_t> octets(static_cast<std::size_t>(i2d_OCSP_RESPONSE(answer.get(), nullptr)));
  unsigned char* at = octets.data();
  i2d_OCSP_RESPONSE(answer.get(), &at);
  return octets;
}

Issued TestCa::issue(const CertificateOptions& options) const {
  const pki::KeyPtr key = make_key(options.key);
  const pki::X509Ptr certificate = make_certificate(options, key.get(), certificate_.get());
  X509* x = certificate.get();
  add_extension(x, certificate_.get(), NID_basic_constraints, "critical,CA:FALSE");
  add_extension(x, certificate_.get(), NID_key_usage, options.key_usage);
  add_extension(x, certificate_.get(), NID_ext_key_usage, options.usage);
  add_extension(x, certificate_.get(), NID_subject_alt_name, options.alternative_names);
  add_extension(x, certificate_.get(), NID_authority_key_identifier, "keyid");
  sign(x, key_.get(), options.digest);
  return {pem_of(x) + chain_pem_, pem_of(key.get())};
}

}  // namespace gw::support
