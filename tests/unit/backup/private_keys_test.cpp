// No private key is ever in a backup (BAK-04).

#include "backup/private_keys.h"

#include <gtest/gtest.h>
#include <openssl/pkcs12.h>

#include "pki/encoded.h"
#include "unit/backup/clinic.h"

namespace gw::backup {
namespace {

pki::KeyPtr make(const char* algorithm, const char* curve = nullptr) {
  if (curve != nullptr) return pki::KeyPtr(EVP_PKEY_Q_keygen(nullptr, nullptr, algorithm, curve));
  if (std::string_view(algorithm) == "RSA")
    return pki::KeyPtr(EVP_PKEY_Q_keygen(nullptr, nullptr, algorithm, std::size_t{2048}));
  return pki::KeyPtr(EVP_PKEY_Q_keygen(nullptr, nullptr, algorithm));
}

Octets pkcs8_of(EVP_PKEY* key) {
  const std::unique_ptr<PKCS8_PRIV_KEY_INFO, pki::Freer<PKCS8_PRIV_KEY_INFO_free>> info(EVP_PKEY2PKCS8(key));
  return pki::encoded(i2d_PKCS8_PRIV_KEY_INFO, info.get());
}

Octets encrypted_of(EVP_PKEY* key) {
  const std::unique_ptr<PKCS8_PRIV_KEY_INFO, pki::Freer<PKCS8_PRIV_KEY_INFO_free>> info(EVP_PKEY2PKCS8(key));
  const std::unique_ptr<X509_SIG, pki::Freer<X509_SIG_free>> sealed(
      PKCS8_encrypt(-1, EVP_aes_256_cbc(), "word", 4, nullptr, 0, 1000, info.get()));
  return pki::encoded(i2d_X509_SIG, sealed.get());
}

Octets pkcs12_of(EVP_PKEY* key) {
  const std::unique_ptr<PKCS12, pki::Freer<PKCS12_free>> bag(
      PKCS12_create("word", "name", key, nullptr, nullptr, NID_aes_256_cbc, NID_aes_256_cbc, 1000, 1000, 0));
  return pki::encoded(i2d_PKCS12, bag.get());
}

/// As it is, behind something, before something.
void expect_found(const Octets& key, std::string_view form) {
  EXPECT_EQ(private_key_in(key), form);
  Octets inside = octets_of("some text 0000");
  inside.insert(inside.end(), key.begin(), key.end());
  inside.push_back('x');
  EXPECT_EQ(private_key_in(inside), form);
  inside.erase(inside.end() - static_cast<std::ptrdiff_t>(key.size() / 2), inside.end());
  EXPECT_NE(private_key_in(inside), form) << "cut in half it is none";
}

TEST(PrivateKeysTest, each_form_in_der_is_found_wherever_it_stands) {
  for (const auto& key :
       {make("EC", "P-256"), make("EC", "P-384"), make("RSA"), make("ED25519"), make("X25519")})
    expect_found(pkcs8_of(key.get()), "PKCS#8");
  const auto curve = make("EC", "P-256"), rsa = make("RSA");
  expect_found(pki::encoded(i2d_PrivateKey, curve.get()), "EC");
  expect_found(pki::encoded(i2d_PrivateKey, rsa.get()), "RSA");
  expect_found(encrypted_of(curve.get()), "encrypted PKCS#8");
  expect_found(pkcs12_of(curve.get()), "PKCS#12");
}

TEST(PrivateKeysTest, text_of_each_kind_is_found) {
  const std::string key = "PRIVATE KEY-----\nMAA=\n";
  for (const char* kind : {"", "EC ", "RSA ", "ENCRYPTED ", "OPENSSH ", "TSS2 "}) {
    const std::string text = "certificate: x\n-----BEGIN " + std::string(kind) + key;
    EXPECT_EQ(private_key_in(as_bytes(text)), "PEM") << kind;
  }
}

TEST(PrivateKeysTest, what_is_no_key_is_none) {
  const Opener opener = make_opener();
  const auto key = make("RSA");
  EXPECT_EQ(private_key_in(as_bytes(opener.certificate_pem)), std::nullopt);
  EXPECT_EQ(private_key_in(pki::der_of(opener.certificate().get())), std::nullopt);
  EXPECT_EQ(private_key_in(pki::encoded(i2d_PUBKEY, key.get())), std::nullopt);
  EXPECT_EQ(private_key_in(pki::encoded(i2d_PublicKey, key.get())), std::nullopt);
  EXPECT_EQ(private_key_in(support::TestCa::root().revocation_list({})), std::nullopt);
  EXPECT_EQ(private_key_in(as_bytes("# keep the PRIVATE KEY elsewhere\n-----BEGIN CERTIFICATE-----\n")),
            std::nullopt);
  EXPECT_EQ(private_key_in({}), std::nullopt);
}

}  // namespace
}  // namespace gw::backup
