#include "keys/wrapping.h"

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>

#include <algorithm>

#include "keys/pem_block.h"
#include "pki/handles.h"
#include "support/mutations.h"

namespace gw::keys {
namespace {

Secret wrapping() { return Secret(std::string(kLeastWrappingSecret, 'w')); }

pki::KeyPtr new_key() { return pki::KeyPtr(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256")); }

support::Octets der_of(const std::string& pem) {
  const auto block = find_pem(Secret(pem), {"ENCRYPTED PRIVATE KEY"});
  EXPECT_TRUE(block);
  return {block->bytes().begin(), block->bytes().end()};
}

/// As another program would: its own cipher, key derivation and rounds.
support::Octets sealed_by_stranger(int nid, const EVP_CIPHER* cipher, int rounds) {
  const pki::KeyPtr key = new_key();
  PKCS8_PRIV_KEY_INFO* plain = EVP_PKEY2PKCS8(key.get());
  const Secret secret = wrapping();
  X509_SIG* sealed = PKCS8_encrypt(nid, cipher, secret.view().data(), static_cast<int>(secret.view().size()),
                                   nullptr, 0, rounds, plain);
  unsigned char* der = nullptr;
  const int size = i2d_X509_SIG(sealed, &der);
  support::Octets out(der, der + std::max(size, 0));
  OPENSSL_free(der);
  X509_SIG_free(sealed);
  PKCS8_PRIV_KEY_INFO_free(plain);
  return out;
}

TEST(WrappingTest, what_another_program_encrypted_is_opened) {
  EXPECT_TRUE(unwrap(sealed_by_stranger(NID_hmacWithSHA512, EVP_aes_128_cbc(), 2048), wrapping()));
}

TEST(WrappingTest, encryption_that_would_keep_the_box_busy_is_refused) {
  auto octets = sealed_by_stranger(NID_hmacWithSHA256, EVP_aes_256_cbc(), 0x10000);
  const std::uint8_t rounds[] = {0x02, 0x03, 0x01, 0x00, 0x00}, more[] = {0x02, 0x03, 0x7f, 0xff, 0xff};
  const auto place = std::ranges::search(octets, rounds);
  ASSERT_FALSE(place.empty());
  std::ranges::copy(more, place.begin());
  const auto plain = unwrap(octets, wrapping());
  ASSERT_FALSE(plain);
  EXPECT_NE(plain.error().detail.find("rounds"), std::string::npos) << plain.error().detail;
}

TEST(WrappingTest, encryption_older_than_pbes2_is_refused) {
  const auto plain =
      unwrap(sealed_by_stranger(NID_pbe_WithSHA1And3_Key_TripleDES_CBC, nullptr, 2048), wrapping());
  ASSERT_FALSE(plain);
  EXPECT_NE(plain.error().detail.find("openssl pkcs8"), std::string::npos) << plain.error().detail;
}

TEST(WrappingTest, damage_anywhere_is_an_error_or_changes_nothing_that_is_read) {
  const auto seed = der_of(*wrap(new_key().get(), wrapping()));
  const auto same = unwrap(seed, wrapping());
  ASSERT_TRUE(same);
  const auto attempt = [&](const support::Octets& octets) {
    const auto plain = unwrap(octets, wrapping());
    EXPECT_TRUE(!plain || !plain->view().empty());
  };
  support::for_each_cut(seed,
                        [&](const support::Octets& octets) { EXPECT_FALSE(unwrap(octets, wrapping())); });
  support::for_each_change(seed, attempt);
}

}  // namespace
}  // namespace gw::keys
