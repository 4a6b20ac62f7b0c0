// The cloud staples an OCSP answer to its handshake: what the box makes of it, and what the cloud hears
// (SRV-03).

#include <gtest/gtest.h>

#include "component/tls/meeting.h"
#include "support/chains/chain_case.h"
#include "support/der.h"
#include "support/revocation_drafts.h"

namespace gw::tls {
namespace {

namespace der = support::der;
using model::CloseReason;
using pki::RevocationPolicy;
using support::AnswerDraft;
using support::ChainDraft;

class StapledAnswerTest : public testing::Test {
 protected:
  ChainDraft chain = ChainDraft::good(pki::Peer::cloud);
  AnswerDraft answer = AnswerDraft::about(chain.leaf(), chain.issuing());
  std::optional<RevocationPolicy> policy = RevocationPolicy::hard();
  const RevocationPolicy soft = RevocationPolicy::soft_until(support::moment_of("261201000000Z"));
  int alert = 0;
  bool resumes = false;
  int version = TLS1_3_VERSION;

  /// With a cloud that staples this.
  Meeting::Setup setup(const std::string& stapled) const {
    return {.peer = pki::Peer::cloud,
            .stranger = {.credential = chain.credential(),
                         .min_version = version,
                         .max_version = version,
                         .staple = stapled},
            .anchors_pem = chain.anchors_pem(),
            .stapling = policy,
            .profile = version == TLS1_3_VERSION ? model::ProfileName::high_13 : model::ProfileName::high_12,
            .now = CivilTime(support::moment_of(chain.now))};
  }
  /// How the handshake ends: `finished` for well.
  CloseReason ending(const std::string& stapled) {
    Meeting meeting(setup(stapled));
    EXPECT_TRUE(meeting.shake_hands());
    resumes = SSL_CTX_get_session_cache_mode(meeting.context()->handle()) != SSL_SESS_CACHE_OFF;
    alert = meeting.stranger().alert();
    return meeting.state() == HandshakeState::done ? CloseReason::finished : meeting.stream().failure();
  }
  void promise_answer() { chain.leaf().add("1.3.6.1.5.5.7.1.24", der::sequence({der::integer("\x05")})); }
};

TEST_F(StapledAnswerTest, that_says_good_lets_the_session_begin) {
  EXPECT_EQ(ending(answer.encode()), CloseReason::finished);
}

TEST_F(StapledAnswerTest, is_asked_for_in_every_session_since_none_is_resumed) {
  ending(answer.encode());
  EXPECT_FALSE(resumes);
  policy.reset();
  ending("");
  EXPECT_TRUE(resumes);
}

TEST_F(StapledAnswerTest, that_says_revoked_ends_it_under_every_policy) {
  answer.revoke(1);
  EXPECT_EQ(ending(answer.encode()), CloseReason::upstream_certificate_revoked);
  EXPECT_EQ(alert, SSL_AD_BAD_CERTIFICATE_STATUS_RESPONSE);
  policy = soft;
  EXPECT_EQ(ending(answer.encode()), CloseReason::upstream_certificate_revoked);
}

TEST_F(StapledAnswerTest, that_is_missing_or_stale_counts_as_the_policy_says) {
  AnswerDraft stale = answer;
  stale.next_update = "20261121000000Z";
  for (const std::string& stapled : {std::string(), stale.encode(), std::string("garbage")}) {
    policy = RevocationPolicy::hard();
    EXPECT_EQ(ending(stapled), CloseReason::upstream_certificate_status_unknown);
    EXPECT_EQ(alert, SSL_AD_BAD_CERTIFICATE_STATUS_RESPONSE);
    policy = soft;
    EXPECT_EQ(ending(stapled), CloseReason::finished);
  }
}

TEST_F(StapledAnswerTest, counts_in_tls_1_2_as_well) {  // where it is a message of its own (RFC 6066 8)
  version = TLS1_2_VERSION;
  EXPECT_EQ(ending(answer.encode()), CloseReason::finished);
  EXPECT_EQ(ending(""), CloseReason::upstream_certificate_status_unknown);
  answer.revoke(1);
  EXPECT_EQ(ending(answer.encode()), CloseReason::upstream_certificate_revoked);
  EXPECT_EQ(alert, SSL_AD_BAD_CERTIFICATE_STATUS_RESPONSE);
}

TEST_F(StapledAnswerTest, holds_for_the_session_as_long_as_it_is_fresh) {
  Meeting meeting(setup(answer.encode()));
  ASSERT_TRUE(meeting.shake_hands());
  EXPECT_EQ(meeting.stream().holds_until(meeting.context()), support::moment_of(answer.next_update));
  EXPECT_EQ(meeting.judge_again(), std::nullopt);
  meeting.set_now(CivilTime(support::moment_of("261124000001Z")));
  EXPECT_EQ(meeting.judge_again(), CloseReason::upstream_certificate_status_unknown);
}

TEST_F(StapledAnswerTest, that_goes_stale_is_borne_in_a_session_until_patience_ends) {
  policy = soft;
  Meeting meeting(setup(answer.encode()));
  ASSERT_TRUE(meeting.shake_hands());
  meeting.set_now(CivilTime(support::moment_of("261124000001Z")));
  EXPECT_EQ(meeting.judge_again(), std::nullopt);
  EXPECT_EQ(meeting.stream().holds_until(meeting.context()), support::moment_of("261201000000Z"));
  meeting.set_now(CivilTime(support::moment_of("261201000000Z")));
  EXPECT_EQ(meeting.judge_again(), CloseReason::upstream_certificate_status_unknown);
}

TEST_F(StapledAnswerTest, that_was_promised_must_be_there) {  // RFC 7633
  promise_answer();
  policy = soft;
  EXPECT_EQ(ending(""), CloseReason::upstream_certificate_status_unknown);
  EXPECT_EQ(ending(answer.encode()), CloseReason::finished);
}

TEST_F(StapledAnswerTest, is_not_asked_for_without_a_policy) {
  policy.reset();
  answer.revoke(1);
  EXPECT_EQ(ending(answer.encode()), CloseReason::finished);
}

TEST_F(StapledAnswerTest, does_not_save_a_chain_that_is_refused_for_itself) {
  chain.leaf().not_after = "260601000000Z";
  EXPECT_EQ(ending(answer.encode()), CloseReason::upstream_certificate_expired);
  EXPECT_EQ(alert, SSL_AD_CERTIFICATE_EXPIRED);
}

}  // namespace
}  // namespace gw::tls
