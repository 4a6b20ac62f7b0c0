// What follows from a verdict under a policy, and what a verifier makes of lists (SRV-03).

#include "pki/revocation.h"

#include <gtest/gtest.h>

#include "pki/revocation_list.h"
#include "support/chains/chain_case.h"
#include "support/revocation_drafts.h"
#include "unit/pki/chain_check.h"

namespace gw::pki {
namespace {

using model::CivilSeconds;
using model::CloseReason;
using support::ChainDraft;
using support::ListDraft;

constexpr CivilSeconds kNow{1'000}, kLater{2'000};

TEST(RevocationPolicyTest, a_revoked_certificate_passes_under_no_policy) {
  for (const RevocationPolicy& policy : {RevocationPolicy::hard(), RevocationPolicy::soft_until(kLater)}) {
    EXPECT_EQ(refusal_of(Peer::terminal, Revoked{1, kNow}, policy, kNow), CloseReason::certificate_revoked);
    EXPECT_EQ(refusal_of(Peer::cloud, Revoked{1, kNow}, policy, kNow),
              CloseReason::upstream_certificate_revoked);
  }
}

TEST(RevocationPolicyTest, a_good_certificate_passes_under_every_policy) {
  for (const RevocationPolicy& policy : {RevocationPolicy::hard(), RevocationPolicy::soft_until(kNow)})
    EXPECT_EQ(refusal_of(Peer::cloud, Good{kLater}, policy, kNow), std::nullopt);
}

TEST(RevocationPolicyTest, a_doubt_passes_under_a_soft_policy_until_its_end) {
  const RevocationVerdict doubt = Unknown{Doubt::stale};
  EXPECT_EQ(refusal_of(Peer::terminal, doubt, RevocationPolicy::hard(), kNow),
            CloseReason::certificate_status_unknown);
  EXPECT_EQ(refusal_of(Peer::cloud, doubt, RevocationPolicy::hard(), kNow),
            CloseReason::upstream_certificate_status_unknown);
  const RevocationPolicy soft = RevocationPolicy::soft_until(kLater);
  EXPECT_EQ(refusal_of(Peer::cloud, doubt, soft, kLater - CivilSeconds(1)), std::nullopt);
  EXPECT_EQ(refusal_of(Peer::cloud, doubt, soft, kLater), CloseReason::upstream_certificate_status_unknown);
}

class RevokedChainTest : public testing::Test {
 protected:
  ChainDraft chain = ChainDraft::good(Peer::terminal);
  ListDraft of_issuing = ListDraft::by(chain.issuing()), of_root = ListDraft::by(chain.root());
  ChainCheck check{{.peer = Peer::terminal}, chain.anchors_pem(), CivilTime(support::moment_of(chain.now))};

  void use(const std::vector<ListDraft>& drafts, RevocationPolicy policy = RevocationPolicy::hard()) {
    std::vector<RevocationList> lists;
    for (const ListDraft& draft : drafts) {
      auto list = RevocationList::read(as_bytes(draft.encode()));
      ASSERT_TRUE(list);
      lists.push_back(*std::move(list));
    }
    check.verifier().use(std::make_shared<const RevocationLists>(std::move(lists)), policy);
  }
  CloseReason refusal() { return check.refusal(chain.credential().chain_pem); }
};

constexpr CloseReason kBelieved = CloseReason::finished;

TEST_F(RevokedChainTest, is_believed_when_every_authority_s_list_is_clean) {
  use({of_issuing, of_root});
  EXPECT_EQ(refusal(), kBelieved);
}

TEST_F(RevokedChainTest, is_refused_for_its_leaf_with_the_library_s_own_number) {
  of_issuing.revoke(chain.leaf());
  use({of_root, of_issuing});
  EXPECT_EQ(refusal(), CloseReason::certificate_revoked);
  EXPECT_EQ(check.error(), X509_V_ERR_CERT_REVOKED);
}

TEST_F(RevokedChainTest, is_refused_for_an_authority_above_its_leaf) {
  of_root.revoke(chain.issuing());
  use({of_issuing, of_root});
  EXPECT_EQ(refusal(), CloseReason::certificate_revoked);
}

TEST_F(RevokedChainTest, is_refused_when_one_authority_s_list_is_missing) {
  use({of_issuing});
  EXPECT_EQ(refusal(), CloseReason::certificate_status_unknown);
  use({of_issuing}, RevocationPolicy::soft_until(support::moment_of("261201000000Z")));
  EXPECT_EQ(refusal(), kBelieved);
}

TEST_F(RevokedChainTest, is_refused_for_a_revocation_whatever_another_list_of_the_issuer_says) {
  ListDraft second = of_issuing;
  second.revoke(chain.leaf());
  use({of_root, of_issuing, second});
  EXPECT_EQ(refusal(), CloseReason::certificate_revoked);
}

TEST_F(RevokedChainTest, is_believed_by_a_fresh_list_beside_a_stale_one) {
  ListDraft stale = of_issuing;
  stale.next_update = "261121000000Z";
  use({of_root, stale, of_issuing});
  EXPECT_EQ(refusal(), kBelieved);
}

TEST_F(RevokedChainTest, is_remembered_no_longer_than_its_lists_are_fresh) {
  of_root.next_update = "261122130000Z";
  use({of_issuing, of_root});
  EXPECT_EQ(refusal(), kBelieved);
  check.clock.advance(std::chrono::minutes(59));
  EXPECT_EQ(refusal(), kBelieved);
  check.clock.advance(std::chrono::minutes(2));
  EXPECT_EQ(refusal(), CloseReason::certificate_status_unknown);
}

TEST_F(RevokedChainTest, has_to_be_judged_again_when_a_list_or_patience_ends) {
  const auto moment = [](const char* text) { return support::moment_of(text); };
  use({of_root, of_issuing});
  EXPECT_EQ(refusal(), kBelieved);
  EXPECT_EQ(check.verifier().holds_until(), moment("261124000000Z")) << "the lists' next update";
  EXPECT_EQ(refusal(), kBelieved);
  EXPECT_EQ(check.verifier().holds_until(), moment("261124000000Z")) << "as remembered";
  use({}, RevocationPolicy::soft_until(moment("261201000000Z")));
  EXPECT_EQ(refusal(), kBelieved);
  EXPECT_EQ(check.verifier().holds_until(), moment("261201000000Z")) << "the end of patience";
  check.verifier().use(nullptr, RevocationPolicy::hard());
  EXPECT_EQ(refusal(), kBelieved);
  EXPECT_EQ(check.verifier().holds_until(), moment("270101000000Z")) << "the chain's own end";
}

TEST_F(RevokedChainTest, is_not_remembered_while_a_doubt_was_let_pass) {
  use({}, RevocationPolicy::soft_until(support::moment_of("261122130000Z")));
  EXPECT_EQ(refusal(), kBelieved);
  check.clock.advance(std::chrono::hours(2));
  EXPECT_EQ(refusal(), CloseReason::certificate_status_unknown);
}

TEST_F(RevokedChainTest, is_forgotten_when_new_lists_come) {
  use({of_issuing, of_root});
  EXPECT_EQ(refusal(), kBelieved);
  of_issuing.revoke(chain.leaf());
  use({of_issuing, of_root});
  EXPECT_EQ(refusal(), CloseReason::certificate_revoked);
}

TEST_F(RevokedChainTest, is_not_asked_about_without_lists) {
  use({}, RevocationPolicy::hard());
  EXPECT_EQ(refusal(), CloseReason::certificate_status_unknown);
  check.verifier().use(nullptr, RevocationPolicy::hard());
  EXPECT_EQ(refusal(), kBelieved);
}

}  // namespace
}  // namespace gw::pki
