#include "slot/sealed_root.h"

#include <gtest/gtest.h>

namespace gw::slot {
namespace {

const std::string kDigest(64, 'a');

TEST(SealedRoot, is_read_wherever_it_stands) {
  for (const std::string& line :
       {"sekisho.root=" + kDigest + ",4096", "quiet sekisho.root=" + kDigest + ",4096 panic=5\n",
        "panic=5  sekisho.root=" + kDigest + ",4096\n"}) {
    const auto sealed = sealed_root(line);
    ASSERT_TRUE(sealed) << line;
    EXPECT_EQ(sealed->digest, kDigest);
    EXPECT_EQ(sealed->offset, "4096");
  }
}

TEST(SealedRoot, nothing_else_is_taken_for_one) {
  for (const std::string& line :
       {std::string(), std::string("quiet"), "xsekisho.root=" + kDigest + ",4096", "sekisho.root=" + kDigest,
        "sekisho.root=" + kDigest + ",", "sekisho.root=" + kDigest + ",-1",
        "sekisho.root=" + kDigest + "b,4096", "sekisho.root=" + std::string(64, 'x') + ",4096"})
    EXPECT_FALSE(sealed_root(line)) << line;
}

}  // namespace
}  // namespace gw::slot
