// A good verdict is remembered while its chain is valid, and room is bounded.

#include "pki/verdict_cache.h"

#include <gtest/gtest.h>

#include "unit/pki/odd_certificate.h"

namespace gw::pki {
namespace {

using model::CivilSeconds;

IdentityPtr somebody() {
  return std::get<IdentityPtr>(
      IdentityReader::read(OddCertificate{.names = {{GEN_URI, "urn:a"}}}.read().get()));
}

class VerdictCacheTest : public testing::Test {
 protected:
  static constexpr CivilSeconds kBegins{1000}, kNow{1500}, kEnds{2000};
  VerdictCache cache{3};
  IdentityPtr a = somebody(), b = somebody(), c = somebody(), d = somebody();

  void remember(const IdentityPtr& who) { cache.remember(who, kBegins, kEnds); }
  IdentityPtr find(const IdentityPtr& who, CivilSeconds now = kNow) {
    const auto* found = cache.find(who->fingerprint(), now);
    return found == nullptr ? nullptr : found->identity;
  }
};

TEST_F(VerdictCacheTest, finds_whom_it_remembers_and_nobody_else) {
  remember(a);
  EXPECT_EQ(find(a), a);
  EXPECT_EQ(find(b), nullptr);
}

TEST_F(VerdictCacheTest, forgets_whose_chain_has_ended) {
  remember(a);
  EXPECT_EQ(find(a, kEnds), a);
  EXPECT_EQ(find(a, kEnds + CivilSeconds(1)), nullptr);
  EXPECT_EQ(cache.size(), 0u);
  EXPECT_EQ(find(a), nullptr);
}

TEST_F(VerdictCacheTest, forgets_whose_chain_has_not_begun_after_the_clock_was_put_back) {
  remember(a);
  EXPECT_EQ(find(a, kBegins), a);
  EXPECT_EQ(find(a, kBegins - CivilSeconds(1)), nullptr);
  EXPECT_EQ(cache.size(), 0u);
}

TEST_F(VerdictCacheTest, makes_room_by_forgetting_the_least_recently_used) {
  for (const IdentityPtr& who : {a, b, c}) remember(who);
  EXPECT_EQ(find(a), a);
  remember(d);
  EXPECT_EQ(cache.size(), 3u);
  EXPECT_EQ(find(b), nullptr);
  EXPECT_EQ(find(a), a);
  EXPECT_EQ(find(c), c);
  EXPECT_EQ(find(d), d);
}

TEST_F(VerdictCacheTest, remembers_the_same_leaf_once) {
  remember(a);
  remember(b);
  remember(a);
  EXPECT_EQ(cache.size(), 2u);
}

TEST_F(VerdictCacheTest, never_holds_more_than_its_capacity) {
  for (int i = 0; i < 20; ++i) {
    const IdentityPtr next = somebody();
    remember(next);
    EXPECT_LE(cache.size(), 3u);
    EXPECT_EQ(find(next), next);
  }
}

}  // namespace
}  // namespace gw::pki
