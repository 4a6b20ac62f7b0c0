// A digest over pieces is the digest over the whole.

#include "pki/running_sha256.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace gw::pki {
namespace {

TEST(RunningSha256, pieces_are_the_whole) {
  RunningSha256 sum;
  for (const std::string_view piece : {"a", "", "bc"}) sum.add(as_bytes(piece));
  const Sha256 found = sum.end();
  EXPECT_EQ(found, sha256_of(as_bytes(std::string_view("abc"))));
  // FIPS 180-4's own example
  EXPECT_EQ(to_hex(found), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(RunningSha256, nothing_has_a_digest_too) { EXPECT_EQ(RunningSha256().end(), sha256_of({})); }

}  // namespace
}  // namespace gw::pki
