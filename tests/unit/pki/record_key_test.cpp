#include "pki/record_key.h"

#include <gtest/gtest.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "pki/encoded.h"

namespace gw::pki {
namespace {

std::vector<std::uint8_t> signed_by(const KeyPtr& key, std::string_view text) {
  const std::unique_ptr<EVP_MD_CTX, Freer<EVP_MD_CTX_free>> context(EVP_MD_CTX_new());
  std::vector<std::uint8_t> out(256);
  std::size_t size = out.size();
  EXPECT_EQ(EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()), 1);
  EXPECT_EQ(EVP_DigestSign(context.get(), out.data(), &size, as_bytes(text).data(), text.size()), 1);
  out.resize(size);
  return out;
}

class RecordKeyTest : public testing::Test {
 protected:
  KeyPtr key_{EVP_EC_gen("P-256")};
  std::vector<std::uint8_t> der_ = encoded(i2d_PUBKEY, key_.get());
};

TEST_F(RecordKeyTest, what_it_signed_is_believed_and_nothing_else) {
  const auto half = RecordKey::from_der(der_);
  ASSERT_TRUE(half);
  auto signature = signed_by(key_, "text");
  EXPECT_TRUE(half->has_signed(as_bytes("text"), signature));
  EXPECT_FALSE(half->has_signed(as_bytes("test"), signature));
  EXPECT_FALSE(half->has_signed(as_bytes("text"), signed_by(KeyPtr(EVP_EC_gen("P-256")), "text")));
  for (std::size_t bit = 0; bit < signature.size() * 8; ++bit) {
    signature[bit / 8] = static_cast<std::uint8_t>(signature[bit / 8] ^ (1u << (bit % 8)));
    EXPECT_FALSE(half->has_signed(as_bytes("text"), signature)) << bit;
    signature[bit / 8] = static_cast<std::uint8_t>(signature[bit / 8] ^ (1u << (bit % 8)));
  }
}

TEST_F(RecordKeyTest, it_is_the_same_in_both_its_forms) {
  const auto half = RecordKey::from_der(der_);
  ASSERT_TRUE(half);
  EXPECT_EQ(half->fingerprint(), sha256_of(der_));
  const auto again = RecordKey::from_pem(half->pem());
  ASSERT_TRUE(again);
  EXPECT_EQ(again->fingerprint(), half->fingerprint());
}

TEST_F(RecordKeyTest, what_is_no_key_of_its_kind_is_none) {
  EXPECT_FALSE(RecordKey::from_pem("") || RecordKey::from_pem("no key") || RecordKey::from_der({}));
  auto longer = der_;
  longer.push_back(0);
  EXPECT_FALSE(RecordKey::from_der(longer));
  EXPECT_FALSE(RecordKey::from_der(Bytes(der_).first(der_.size() - 1)));
  for (const KeyPtr& other :
       {KeyPtr(EVP_RSA_gen(2048)), KeyPtr(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"))})
    EXPECT_FALSE(RecordKey::from_der(encoded(i2d_PUBKEY, other.get())));
}

}  // namespace
}  // namespace gw::pki
