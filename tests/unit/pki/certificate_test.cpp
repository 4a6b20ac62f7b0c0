// Certificates, trust anchors and keys as text: what is taken, what is refused.

#include "pki/certificate.h"

#include <gtest/gtest.h>
#include <openssl/pem.h>

#include "base/text.h"
#include "support/elsewhere.h"
#include "support/test_pki.h"
#include "unit/pki/odd_certificate.h"

namespace gw::pki {
namespace {

using support::KeyKind;
using support::TestCa;

std::string digest_elsewhere(const std::vector<unsigned char>& bytes) {
  EVP_MD* digest = EVP_MD_fetch(support::elsewhere(), "SHA256", nullptr);
  std::array<unsigned char, 32> value{};
  EVP_Digest(bytes.data(), bytes.size(), value.data(), nullptr, digest, nullptr);
  EVP_MD_free(digest);
  return to_hex(value);
}

template <auto encode, class Object>
std::vector<unsigned char> der_of(Object* object) {
  unsigned char* der = nullptr;
  const int size = encode(object, &der);
  std::vector<unsigned char> bytes(der, der + size);
  OPENSSL_free(der);
  return bytes;
}

class CertificateTest : public testing::Test {
 protected:
  TestCa root = TestCa::root();
  TestCa issuing = root.intermediate({.name = "issuing"});
  support::Issued leaf = issuing.issue({.alternative_names = "DNS:a.example"});
};

bool is_unreadable(std::string_view pem) {
  const auto read = read_certificates(pem);
  return !read && read.error().code == ErrorCode::certificate_unreadable;
}
bool key_is_unreadable(const std::string& pem) {
  const auto key = read_private_key(Secret(pem));
  return !key && key.error().code == ErrorCode::key_unreadable;
}

TEST_F(CertificateTest, a_chain_is_read_in_its_order) {
  const auto chain = read_certificates(leaf.chain_pem + root.pem());
  ASSERT_TRUE(chain);
  ASSERT_EQ(chain->size(), 3u);
  for (std::size_t i = 0; i + 1 < chain->size(); ++i)
    EXPECT_EQ(X509_check_issued((*chain)[i + 1].get(), (*chain)[i].get()), X509_V_OK) << i;
}

TEST_F(CertificateTest, text_around_and_between_the_blocks_does_not_matter) {
  const auto chain = read_certificates("Subject: the root\n" + root.pem() + "\n# and the next\n" +
                                       issuing.pem() + "the end");
  ASSERT_TRUE(chain);
  EXPECT_EQ(chain->size(), 2u);
}

TEST_F(CertificateTest, carriage_returns_do_not_matter) {
  std::string text;
  for (const char c : root.pem()) text += c == '\n' ? std::string("\r\n") : std::string(1, c);
  EXPECT_TRUE(read_certificates(text));
}

TEST_F(CertificateTest, a_text_without_a_certificate_is_refused) {
  for (const std::string& text :
       {std::string(), std::string("garbage"), std::string(1000, '\0'), leaf.key_pem})
    EXPECT_TRUE(is_unreadable(text));
}

TEST_F(CertificateTest, one_damaged_block_spoils_the_whole_text) {
  const std::string good = root.pem();
  std::string bad_letter = good, bad_octet = good;
  bad_letter[good.size() / 2] = '*';
  bad_octet[40] = bad_octet[40] == 'A' ? 'B' : 'A';
  const std::string nonsense = "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n";
  for (const std::string& bad : {bad_letter, bad_octet, good.substr(0, good.size() - 30), nonsense}) {
    EXPECT_TRUE(is_unreadable(bad)) << bad;
    EXPECT_TRUE(is_unreadable(good + bad)) << bad;
  }
}

TEST_F(CertificateTest, keys_of_the_allowed_kinds_are_read) {
  for (const KeyKind kind : {KeyKind::p256, KeyKind::p384, KeyKind::rsa2048}) {
    const auto issued = root.issue({.key = kind});
    const auto key = read_private_key(Secret(issued.key_pem));
    ASSERT_TRUE(key);
    EXPECT_EQ(X509_check_private_key(certificates_of(issued.chain_pem).front().get(), key->get()), 1);
  }
}

TEST_F(CertificateTest, an_encrypted_key_is_refused_and_nobody_is_asked_for_a_passphrase) {
  const KeyPtr key(EVP_PKEY_Q_keygen(support::elsewhere(), nullptr, "EC", "P-256"));
  EVP_CIPHER* cipher = EVP_CIPHER_fetch(support::elsewhere(), "AES-256-CBC", nullptr);
  auto* pass = const_cast<char*>("pass");
  for (const auto write : {PEM_write_bio_PKCS8PrivateKey}) {
    const BioPtr bio(BIO_new(BIO_s_mem()));
    ASSERT_EQ(write(bio.get(), key.get(), cipher, pass, 4, nullptr, nullptr), 1);
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    const std::string pem(data, static_cast<std::size_t>(size));
    ASSERT_NE(pem.find("ENCRYPTED"), std::string::npos);
    EXPECT_TRUE(key_is_unreadable(pem));
  }
  EVP_CIPHER_free(cipher);
}

TEST_F(CertificateTest, what_is_no_key_is_refused) {
  EXPECT_TRUE(key_is_unreadable(""));
  EXPECT_TRUE(key_is_unreadable("garbage"));
  EXPECT_TRUE(key_is_unreadable(leaf.chain_pem));
  EXPECT_TRUE(key_is_unreadable(leaf.key_pem.substr(0, leaf.key_pem.size() / 2)));
}

TEST_F(CertificateTest, fingerprints_are_those_that_others_compute) {
  const std::vector<X509Ptr> read = certificates_of(leaf.chain_pem);
  X509* certificate = read.front().get();
  EXPECT_EQ(to_hex(fingerprint_of(certificate)), digest_elsewhere(der_of<i2d_X509>(certificate)));
  const auto public_key = der_of<i2d_PUBKEY>(X509_get0_pubkey(certificate));
  EXPECT_EQ(to_hex(key_fingerprint_of(certificate)), digest_elsewhere(public_key));
}

TEST_F(CertificateTest, a_new_certificate_for_the_same_key_has_the_same_key_fingerprint) {
  const OddCertificate odd{.names = {{GEN_DNS, "a.example"}}};
  const X509Ptr one = odd.read(), two = odd.read();
  EXPECT_NE(key_fingerprint_of(one.get()), key_fingerprint_of(two.get()));
  const X509Ptr renewed(X509_dup(one.get()));
  X509_gmtime_adj(X509_getm_notAfter(renewed.get()), 1'000'000);
  EXPECT_EQ(key_fingerprint_of(one.get()), key_fingerprint_of(renewed.get()));
}

TEST_F(CertificateTest, the_end_of_validity_is_told_in_seconds) {
  X509Ptr certificate = OddCertificate{}.read();
  ASN1_TIME_set_string(X509_getm_notAfter(certificate.get()), "20310203040506Z");
  EXPECT_EQ(not_after_of(certificate.get()).count(), 1'927'857'906);
  ASN1_TIME_set_string(X509_getm_notAfter(certificate.get()), "99991231235959Z");  // RFC 5280 4.1.2.5
  EXPECT_EQ(not_after_of(certificate.get()).count(), 253'402'300'799);
}

}  // namespace
}  // namespace gw::pki
