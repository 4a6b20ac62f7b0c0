#include "pki/signer_key.h"

#include <gtest/gtest.h>
#include <openssl/pem.h>

#include "base/text.h"

namespace gw::pki {
namespace {

std::string public_pem_of(const KeyPtr& key) {
  const BioPtr text(BIO_new(BIO_s_mem()));
  EXPECT_EQ(PEM_write_bio_PUBKEY(text.get(), key.get()), 1);
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(text.get(), &bytes);
  return std::string(bytes, static_cast<std::size_t>(size));
}

std::string private_pem_of(const KeyPtr& key) {
  const BioPtr text(BIO_new(BIO_s_mem()));
  EXPECT_EQ(PEM_write_bio_PrivateKey(text.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr), 1);
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(text.get(), &bytes);
  return std::string(bytes, static_cast<std::size_t>(size));
}

std::string octets_of(std::string_view hex) { return *from_hex(hex); }

/// RFC 8032 7.1, TEST 2: one octet, 0x72.
constexpr std::string_view kKey = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
constexpr std::string_view kSignature =
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

TEST(SignerKeyTest, the_rfcs_own_signature_is_good_and_no_other_is) {
  const std::string raw = octets_of(kKey);
  const KeyPtr key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, as_bytes(raw).data(), raw.size()));
  const auto signer = SignerKey::from_pem(public_pem_of(key));
  ASSERT_TRUE(signer) << signer.error().to_text();
  const std::string signature = octets_of(kSignature);
  EXPECT_TRUE(signer->has_signed(as_bytes("r"), as_bytes(signature)));
  EXPECT_FALSE(signer->has_signed(as_bytes("s"), as_bytes(signature)));
  EXPECT_FALSE(signer->has_signed(as_bytes("r"), as_bytes(signature + "x")));
  EXPECT_FALSE(signer->has_signed(as_bytes("r"), {}));
}

TEST(SignerKeyTest, a_key_is_known_by_its_fingerprint) {
  const KeyPtr one(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  const KeyPtr other(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  const std::string pem = public_pem_of(one);
  EXPECT_EQ(SignerKey::from_pem(pem)->fingerprint(), SignerKey::from_pem(pem)->fingerprint());
  EXPECT_NE(SignerKey::from_pem(pem)->fingerprint(),
            SignerKey::from_pem(public_pem_of(other))->fingerprint());
}

TEST(SignerKeyTest, anything_but_a_public_ed25519_key_is_refused) {
  const KeyPtr p256(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
  const KeyPtr private_one(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  for (const std::string& text :
       {std::string(), std::string("mine"), std::string(5000, 'x'), public_pem_of(p256),
        private_pem_of(private_one),
        std::string("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n")}) {
    const auto signer = SignerKey::from_pem(text);
    ASSERT_FALSE(signer) << text;
    EXPECT_EQ(signer.error().code, ErrorCode::config_certificate);
  }
}

}  // namespace
}  // namespace gw::pki
