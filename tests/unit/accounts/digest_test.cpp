#include "accounts/digest.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace gw::accounts {
namespace {

// FIPS 180-4 (NIST's example values).
TEST(DigestTest, sha256_is_that_of_the_standard) {
  EXPECT_EQ(to_hex(sha256_of(as_bytes("abc"))),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(to_hex(sha256_of({})), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

// RFC 2202 3, RFC 4231 4.
TEST(DigestTest, hmac_is_that_of_the_standard) {
  EXPECT_EQ(to_hex(hmac_sha1(as_bytes("Jefe"), as_bytes("what do ya want for nothing?"))),
            "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
  EXPECT_EQ(to_hex(hmac_sha256(as_bytes("Jefe"), as_bytes("what do ya want for nothing?"))),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(to_hex(hmac_sha256({}, {})), "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST(DigestTest, differing_octets_or_sizes_are_not_the_same) {
  EXPECT_TRUE(are_same(as_bytes("abc"), as_bytes("abc")));
  EXPECT_TRUE(are_same({}, {}));
  EXPECT_FALSE(are_same(as_bytes("abc"), as_bytes("abd")));
  EXPECT_FALSE(are_same(as_bytes("abc"), as_bytes("ab")));
}

}  // namespace
}  // namespace gw::accounts
