// The profiles as the library resolves them, held against the files an auditor reads.

#include "tls/profile.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "tls/provider.h"

namespace gw::tls {
namespace {

class ProfileTest : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(install_provider()); }
};

std::string golden(const std::string& name) {
  std::ifstream file(std::string(GW_SOURCE_DIR) + "/tests/data/golden/tls_profiles/" + name);
  EXPECT_TRUE(file) << name << " is missing";
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST_F(ProfileTest, high_13_is_what_its_file_says) {
  EXPECT_EQ(effective_profile(model::ProfileName::high_13), golden("high-13.txt"));
}

TEST_F(ProfileTest, high_12_is_what_its_file_says) {
  EXPECT_EQ(effective_profile(model::ProfileName::high_12), golden("high-12.txt"));
}

TEST_F(ProfileTest, names_nothing_that_the_requirements_forbid) {
  for (const auto profile : {model::ProfileName::high_13, model::ProfileName::high_12}) {
    const std::string text = effective_profile(profile);
    for (const char* weak : {"CBC", "SHA1", "SHA224", "TLSv1.1", "3DES", "RC4", "MD5", "NULL", "CCM",
                             "DHE-RSA-AES256-SHA", "ed25519"})
      EXPECT_EQ(text.find(weak), std::string::npos) << weak << " in\n" << text;
  }
}

TEST_F(ProfileTest, forbids_compression_renegotiation_and_early_data) {
  for (const auto profile : {model::ProfileName::high_13, model::ProfileName::high_12}) {
    const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_method()), SSL_CTX_free);
    ASSERT_TRUE(apply_profile(context.get(), profile));
    constexpr std::uint64_t kForbidden = SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION;
    EXPECT_EQ(SSL_CTX_get_options(context.get()) & kForbidden, kForbidden);
    EXPECT_EQ(SSL_CTX_get_max_early_data(context.get()), 0u);
    EXPECT_EQ(SSL_CTX_get_recv_max_early_data(context.get()), 0u);
    EXPECT_EQ(SSL_CTX_get_max_proto_version(context.get()), TLS1_3_VERSION);
  }
}

}  // namespace
}  // namespace gw::tls
