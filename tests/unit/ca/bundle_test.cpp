// Bundles for terminals that cannot make a request; other makes open them in tests/component/ca.

#include "ca/bundle.h"

#include <gtest/gtest.h>

#include "support/key_ring.h"
#include "unit/ca/site_authority.h"

namespace gw::ca {
namespace {

std::string made(const std::string& key, const std::string& password) {
  static const SiteAuthority site;
  const std::string chain = pem_of(site.terminal("ct-1", "p256 ct"));
  return refusal(pkcs12(Secret(support::key_pem(key)), chain, Secret(password), "ct-1"));
}

TEST(BundleTest, a_short_password_is_refused) {
  EXPECT_EQ(made("p256 ct", std::string(kLeastPassword, 'x')), "");
  EXPECT_EQ(made("p256 ct", std::string(kLeastPassword - 1, 'x')), "bundle.impossible");
  EXPECT_EQ(made("p256 ct", std::string(kLeastPassword, '\0')), "bundle.impossible");
}

TEST(BundleTest, a_key_goes_with_its_own_certificate_only) {
  EXPECT_EQ(made("p256 thief", std::string(kLeastPassword, 'x')), "key.does_not_match_certificate");
}

}  // namespace
}  // namespace gw::ca
