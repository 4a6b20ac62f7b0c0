// What is not in the provider's table does not exist for this process (NET-03).

#include "tls/provider.h"

#include <gtest/gtest.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>

namespace gw::tls {
namespace {

class ProviderTest : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(install_provider()); }
  void TearDown() override { ERR_clear_error(); }
};

/// Fetches by name, gives back at once.
template <auto fetch, auto free>
bool exists(const char* name) {
  auto* found = fetch(nullptr, name, nullptr);
  const bool is_there = found != nullptr;
  free(found);
  return is_there;
}
constexpr auto cipher_exists = exists<EVP_CIPHER_fetch, EVP_CIPHER_free>;
constexpr auto digest_exists = exists<EVP_MD_fetch, EVP_MD_free>;
constexpr auto signature_exists = exists<EVP_SIGNATURE_fetch, EVP_SIGNATURE_free>;
constexpr auto key_exists = exists<EVP_KEYMGMT_fetch, EVP_KEYMGMT_free>;
constexpr auto exchange_exists = exists<EVP_KEYEXCH_fetch, EVP_KEYEXCH_free>;
constexpr auto derivation_exists = exists<EVP_KDF_fetch, EVP_KDF_free>;
constexpr auto mac_exists = exists<EVP_MAC_fetch, EVP_MAC_free>;
constexpr auto encryption_exists = exists<EVP_ASYM_CIPHER_fetch, EVP_ASYM_CIPHER_free>;

TEST_F(ProviderTest, the_ciphers_of_the_profiles_exist_and_no_others) {
  for (const char* name : {"AES-256-GCM", "AES-128-GCM", "ChaCha20-Poly1305"})
    EXPECT_TRUE(cipher_exists(name)) << name;
  for (const char* name : {"AES-128-CBC", "AES-256-CBC", "AES-128-CTR", "AES-128-CCM", "AES-256-ECB",
                           "AES-192-GCM", "CAMELLIA-256-CBC", "ARIA-256-GCM", "DES-EDE3-CBC", "DES-CBC",
                           "RC4", "SM4-CBC", "ChaCha20", "NULL", "AES-128-CBC-HMAC-SHA1"})
    EXPECT_FALSE(cipher_exists(name)) << name;
}

TEST_F(ProviderTest, the_digests_of_the_profiles_exist_and_no_others) {
  for (const char* name : {"SHA256", "SHA384", "SHA512"}) EXPECT_TRUE(digest_exists(name)) << name;
  for (const char* name : {"MD5", "MD4", "MD5-SHA1", "SHA224", "SHA512-256", "SHA3-256", "RIPEMD160", "SM3",
                           "BLAKE2B-512", "SHAKE256", "NULL"})
    EXPECT_FALSE(digest_exists(name)) << name;
}

TEST_F(ProviderTest, other_kinds_of_keys_and_signatures_do_not_exist) {
  for (const char* name : {"RSA", "ECDSA"}) EXPECT_TRUE(signature_exists(name)) << name;
  for (const char* name : {"DSA", "ED25519", "ED448", "SM2", "POLY1305", "SIPHASH"})
    EXPECT_FALSE(signature_exists(name)) << name;
  for (const char* name : {"RSA", "RSA-PSS", "EC", "X25519"}) EXPECT_TRUE(key_exists(name)) << name;
  for (const char* name : {"DSA", "DH", "DHX", "ED25519", "ED448", "X448", "SM2", "CMAC"})
    EXPECT_FALSE(key_exists(name)) << name;
}

TEST_F(ProviderTest, there_is_no_finite_field_exchange_and_no_encryption_to_a_key) {
  for (const char* name : {"ECDH", "X25519"}) EXPECT_TRUE(exchange_exists(name)) << name;
  for (const char* name : {"DH", "X448"}) EXPECT_FALSE(exchange_exists(name)) << name;
  for (const char* name : {"RSA", "SM2"})
    EXPECT_FALSE(encryption_exists(name)) << name;  // no RSA key transport
}

TEST_F(ProviderTest, there_is_no_derivation_from_a_password) {
  for (const char* name : {"HKDF", "TLS13-KDF", "TLS1-PRF"}) EXPECT_TRUE(derivation_exists(name)) << name;
  for (const char* name : {"PBKDF2", "SCRYPT", "SSKDF", "SSHKDF", "PKCS12KDF", "KBKDF"})
    EXPECT_FALSE(derivation_exists(name)) << name;
  for (const char* name : {"CMAC", "GMAC", "POLY1305", "SIPHASH", "KMAC128", "BLAKE2BMAC"})
    EXPECT_FALSE(mac_exists(name)) << name;
}

TEST_F(ProviderTest, what_exists_works) {
  std::uint8_t key[32] = {1}, iv[12] = {2}, sealed[32], tag[16];
  const std::uint8_t plain[5] = {'h', 'e', 'l', 'l', 'o'};
  EVP_CIPHER_CTX* context = EVP_CIPHER_CTX_new();
  int size = 0;
  EXPECT_EQ(EVP_EncryptInit_ex(context, EVP_aes_256_gcm(), nullptr, key, iv), 1);
  EXPECT_EQ(EVP_EncryptUpdate(context, sealed, &size, plain, sizeof plain), 1);
  EXPECT_EQ(size, 5);
  EXPECT_EQ(EVP_EncryptFinal_ex(context, sealed + size, &size), 1);
  EXPECT_EQ(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, sizeof tag, tag), 1);
  EVP_CIPHER_CTX_free(context);
}

TEST_F(ProviderTest, what_does_not_exist_fails_by_its_old_name_too) {
  EVP_CIPHER_CTX* context = EVP_CIPHER_CTX_new();
  const std::uint8_t key[32] = {1}, iv[16] = {2};
  EXPECT_NE(EVP_EncryptInit_ex(context, EVP_aes_256_cbc(), nullptr, key, iv), 1);
  EVP_CIPHER_CTX_free(context);
  std::uint8_t digest[64];
  EXPECT_NE(EVP_Digest(key, sizeof key, digest, nullptr, EVP_md5(), nullptr), 1);
}

TEST_F(ProviderTest, can_be_installed_again_without_harm) {
  EXPECT_TRUE(install_provider());
  EXPECT_TRUE(cipher_exists("AES-256-GCM"));
  EXPECT_FALSE(cipher_exists("AES-256-CBC"));
}

}  // namespace
}  // namespace gw::tls
