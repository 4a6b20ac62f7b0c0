#include "control/inheritance.h"

#include <gtest/gtest.h>

namespace gw::control {
namespace {

TEST(Inheritance, the_labels_hash_is_salt_and_digest) {
  const std::string salt(32, '0'), digest(64, 'f');
  const auto read = parse_bootstrap(salt + ":" + digest + "\n");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->salt[0], 0);
  EXPECT_EQ(read->digest[31], 0xff);
}

TEST(Inheritance, whatever_else_is_none) {
  const std::string salt(32, '0'), digest(64, 'f');
  for (const std::string& text :
       {std::string(), salt + digest, salt + ":", ":" + digest, salt + ":" + digest + "0",
        salt.substr(2) + ":" + digest, salt + ":" + digest.substr(2), salt + ":" + digest + ":",
        std::string(31, '0') + "g:" + digest})
    EXPECT_FALSE(parse_bootstrap(text)) << text;
}

}  // namespace
}  // namespace gw::control
