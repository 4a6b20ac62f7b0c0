// Which anchors are in force when: an authority is rolled over without an outage.

#include "pki/trust_set.h"

#include <gtest/gtest.h>

#include "pki/certificate.h"
#include "support/draft.h"

namespace gw::pki {
namespace {

using model::CivilSeconds;

class TrustSetTest : public testing::Test {
 protected:
  std::string old_root = support::authority_draft("root", "p256 root", "root", "p256 root").pem();
  std::string new_root = support::authority_draft("next", "p256 next", "next", "p256 next").pem();
  TrustSet set;

  std::vector<std::string> names_at(CivilSeconds now) const {
    std::vector<std::string> names;
    for (X509* anchor : set.at(now)) {
      char text[64];
      X509_NAME_get_text_by_NID(X509_get_subject_name(anchor), NID_commonName, text, sizeof text);
      names.emplace_back(text);
    }
    return names;
  }
};

using Names = std::vector<std::string>;
constexpr CivilSeconds s(int seconds) { return CivilSeconds(seconds); }

TEST_F(TrustSetTest, an_anchor_without_bounds_is_trusted_always) {
  ASSERT_TRUE(set.add(old_root, {}));
  EXPECT_EQ(names_at(s(0)), Names{"root"});
  EXPECT_EQ(set.next_change(s(0)), std::nullopt);
}

TEST_F(TrustSetTest, the_first_second_belongs_to_a_span_and_the_last_does_not) {
  ASSERT_TRUE(set.add(old_root, {.from = s(100), .until = s(200)}));
  EXPECT_EQ(names_at(s(99)), Names{});
  EXPECT_EQ(names_at(s(100)), Names{"root"});
  EXPECT_EQ(names_at(s(199)), Names{"root"});
  EXPECT_EQ(names_at(s(200)), Names{});
}

TEST_F(TrustSetTest, two_authorities_overlap_while_one_follows_the_other) {
  ASSERT_TRUE(set.add(old_root, {.until = s(200)}));
  ASSERT_TRUE(set.add(new_root, {.from = s(100)}));
  EXPECT_EQ(names_at(s(50)), Names{"root"});
  EXPECT_EQ(names_at(s(150)), (Names{"root", "next"}));
  EXPECT_EQ(names_at(s(250)), Names{"next"});
  EXPECT_EQ(set.next_change(s(50)), s(100));
  EXPECT_EQ(set.next_change(s(100)), s(200));
  EXPECT_EQ(set.next_change(s(200)), std::nullopt);
  EXPECT_EQ(set.last_change(s(99)), std::nullopt);
  EXPECT_EQ(set.last_change(s(100)), s(100));
  EXPECT_EQ(set.last_change(s(1'000)), s(200));
}

TEST_F(TrustSetTest, an_anchor_of_two_spans_stands_there_once) {
  ASSERT_TRUE(set.add(old_root, {.until = s(200)}));
  ASSERT_TRUE(set.add(old_root, {.from = s(100), .until = s(300)}));
  EXPECT_EQ(names_at(s(150)), Names{"root"});
  EXPECT_EQ(names_at(s(250)), Names{"root"});
}

TEST_F(TrustSetTest, a_store_holds_what_is_in_force_and_nothing_else) {
  ASSERT_TRUE(set.add(old_root + new_root + old_root, {.until = s(200)}));
  EXPECT_EQ(sk_X509_OBJECT_num(X509_STORE_get0_objects(set.store_at(s(100)).get())), 2);
  EXPECT_EQ(sk_X509_OBJECT_num(X509_STORE_get0_objects(set.store_at(s(200)).get())), 0);
}

TEST_F(TrustSetTest, what_is_no_anchor_or_no_span_is_not_added) {
  EXPECT_EQ(set.add("garbage", {}).error().code, ErrorCode::certificate_unreadable);
  EXPECT_EQ(set.add(old_root, {.from = s(200), .until = s(200)}).error().code, ErrorCode::trust_span_empty);
  EXPECT_EQ(names_at(s(200)), Names{});
}

}  // namespace
}  // namespace gw::pki
