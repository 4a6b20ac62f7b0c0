// What one side goes by, read from the model's files.

#include "pki/trust.h"

#include <gtest/gtest.h>

#include "support/chains/chain_case.h"
#include "support/revocation_drafts.h"

namespace gw::pki {
namespace {

using model::CivilSeconds;
using support::ChainDraft;
using support::ListDraft;

class TrustTest : public testing::Test {
 protected:
  ChainDraft chain = ChainDraft::good(Peer::terminal);
  const std::string list = ListDraft::by(chain.root()).encode();

  model::RevocationFile file(const std::string& octets) const {
    return {.octets = {octets.begin(), octets.end()}};
  }
  ErrorCode refusal(const std::vector<model::TrustAnchors>& anchors,
                    const model::Revocation& revocation) const {
    const auto trust = read_trust(anchors, revocation);
    return trust ? ErrorCode{} : trust.error().code;
  }
};

TEST_F(TrustTest, without_lists_nothing_is_asked) {
  const auto trust = read_trust({{.pem = chain.anchors_pem()}}, {});
  ASSERT_TRUE(trust);
  EXPECT_EQ(trust->lists, nullptr);
  EXPECT_EQ(trust->anchors->at(CivilSeconds(1)).size(), 1u);
}

TEST_F(TrustTest, zero_is_no_bound) {
  const auto trust = read_trust({{.pem = chain.anchors_pem(), .until = CivilSeconds(200)},
                                 {.pem = chain.issuing().pem(), .from = CivilSeconds(100)}},
                                {});
  ASSERT_TRUE(trust);
  EXPECT_EQ(trust->anchors->at(CivilSeconds(99)).size(), 1u);
  EXPECT_EQ(trust->anchors->at(CivilSeconds(100)).size(), 2u);
  EXPECT_EQ(trust->anchors->at(CivilSeconds(200)).size(), 1u);
  EXPECT_EQ(trust->anchors->next_change(CivilSeconds(200)), std::nullopt);
}

TEST_F(TrustTest, patience_is_dated_or_there_is_none) {
  const auto hard = read_trust({}, {.lists = {file(list)}});
  ASSERT_TRUE(hard);
  EXPECT_NE(hard->lists, nullptr);
  EXPECT_FALSE(hard->policy.lets_doubt_pass(CivilSeconds(1)));
  const auto soft = read_trust({}, {.lists = {file(list)}, .soft_until = CivilSeconds(100)});
  ASSERT_TRUE(soft);
  EXPECT_TRUE(soft->policy.lets_doubt_pass(CivilSeconds(99)));
  EXPECT_FALSE(soft->policy.lets_doubt_pass(CivilSeconds(100)));
}

TEST_F(TrustTest, what_cannot_be_read_is_refused) {
  EXPECT_EQ(refusal({{.pem = "words"}}, {}), ErrorCode::certificate_unreadable);
  EXPECT_EQ(refusal({}, {.lists = {file("words")}}), ErrorCode::revocation_unreadable);
  EXPECT_EQ(refusal({{.pem = chain.anchors_pem(), .from = CivilSeconds(2), .until = CivilSeconds(1)}}, {}),
            ErrorCode::trust_span_empty);
}

TEST_F(TrustTest, a_list_belongs_to_the_authority_that_issued_it) {
  const auto look = [](const std::string& octets, const std::string& anchors) {
    const Result<> looked = look_into_list(as_bytes(octets), anchors);
    return looked ? ErrorCode{} : looked.error().code;
  };
  EXPECT_EQ(look(list, chain.issuing().pem() + chain.anchors_pem()), ErrorCode{});
  EXPECT_EQ(look(list, chain.issuing().pem()), ErrorCode::revocation_foreign);
  EXPECT_EQ(look("\x30\x03\x02\x01\x05", chain.anchors_pem()), ErrorCode::revocation_unreadable);
}

}  // namespace
}  // namespace gw::pki
