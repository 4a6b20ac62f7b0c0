#include "model/keeping.h"

#include <gtest/gtest.h>

#include <string>

namespace gw::model {
namespace {

std::string begins(const std::string& label) { return "-----BEGIN " + label + "-----\n"; }

TEST(Keeping, is_told_by_the_first_keys_label_alone) {
  EXPECT_EQ(keeping_of(begins("TSS2 PRIVATE KEY") + "nonsense"), Keeping::tpm);
  EXPECT_EQ(keeping_of(begins("PKCS#11 PROVIDER URI")), Keeping::token);
  EXPECT_EQ(keeping_of(begins("CERTIFICATE") + begins("ENCRYPTED PRIVATE KEY")), Keeping::encrypted_file);
  for (const char* plain : {"PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY"})
    EXPECT_EQ(keeping_of(begins(plain)), Keeping::plain_file) << plain;
  EXPECT_EQ(keeping_of(begins("PRIVATE KEY") + begins("TSS2 PRIVATE KEY")), Keeping::plain_file);
}

TEST(Keeping, of_what_holds_no_key_is_nothing) {
  for (const std::string& none :
       {std::string(), std::string("PRIVATE KEY"), begins("CERTIFICATE"), begins("PRIVATE KEYS")})
    EXPECT_FALSE(keeping_of(none)) << none;
}

}  // namespace
}  // namespace gw::model
