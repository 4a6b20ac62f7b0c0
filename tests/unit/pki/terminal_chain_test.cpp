// Whom the box believes on the terminal's side (RFC 5280 6, CRT-08).

#include <gtest/gtest.h>

#include "support/test_pki.h"
#include "unit/pki/chain_check.h"

namespace gw::pki {
namespace {

using model::CloseReason;
using std::chrono::hours;
using std::chrono::seconds;
using support::CertificateOptions;
using support::KeyKind;
using support::TestCa;

constexpr CloseReason kAccepted = CloseReason::finished;
constexpr const char* kName = "URI:urn:sekisho:clinic:t1";

class TerminalChainTest : public testing::Test {
 protected:
  TestCa root = TestCa::root();
  ChainCheck check{{.peer = Peer::terminal}, root.pem()};

  static std::string leaf_of(const TestCa& ca, CertificateOptions options = {}) {
    if (options.alternative_names.empty()) options.alternative_names = kName;
    return ca.issue(options).chain_pem;
  }
  CloseReason refusal(const TestCa& ca, const CertificateOptions& options = {}) {
    return check.refusal(leaf_of(ca, options));
  }
};

TEST_F(TerminalChainTest, a_good_leaf_is_believed_with_its_names) {
  const Verdict verdict = check.judge(leaf_of(root));
  ASSERT_TRUE(std::holds_alternative<IdentityPtr>(verdict));
  EXPECT_EQ(std::get<IdentityPtr>(verdict)->names().front().value, "urn:sekisho:clinic:t1");
  EXPECT_EQ(check.error(), X509_V_OK);
}

TEST_F(TerminalChainTest, a_leaf_of_another_authority_is_not_believed) {
  EXPECT_EQ(refusal(TestCa::root({.name = "other"})), CloseReason::certificate_untrusted);
  EXPECT_EQ(refusal(TestCa::root()), CloseReason::certificate_untrusted)
      << "of the same name, with another key";
}

TEST_F(TerminalChainTest, a_leaf_whose_intermediate_was_not_sent_is_not_believed) {
  const std::string chain = leaf_of(root.intermediate({.name = "issuing"}));
  EXPECT_EQ(check.refusal(chain), kAccepted);
  const std::string alone = leaf_of(root.intermediate({.name = "issuing"}));
  EXPECT_EQ(check.refusal(alone.substr(0, alone.find("-----END") + 26)), CloseReason::certificate_untrusted);
}

TEST_F(TerminalChainTest, an_issuing_authority_can_be_the_anchor_by_itself) {
  const TestCa issuing = root.intermediate({.name = "issuing"});
  const TestCa sibling = root.intermediate({.name = "sibling"});
  ChainCheck narrow({.peer = Peer::terminal}, issuing.pem());
  EXPECT_EQ(narrow.refusal(leaf_of(issuing)), kAccepted);
  EXPECT_EQ(narrow.refusal(leaf_of(sibling) + root.pem()), CloseReason::certificate_untrusted);
  EXPECT_EQ(narrow.refusal(leaf_of(root)), CloseReason::certificate_untrusted);
}

TEST_F(TerminalChainTest, a_leaf_that_is_an_anchor_itself_is_believed) {
  const std::string leaf = OddCertificate{.names = {{GEN_URI, "urn:a"}}}.make().chain_pem;
  const std::string other = OddCertificate{.names = {{GEN_URI, "urn:a"}}}.make().chain_pem;
  ChainCheck pinned({.peer = Peer::terminal}, leaf);
  EXPECT_EQ(pinned.refusal(leaf), kAccepted);
  EXPECT_EQ(pinned.refusal(other), CloseReason::certificate_untrusted);
}

TEST_F(TerminalChainTest, a_leaf_cannot_issue_another) {
  const support::Issued trusted = root.issue({.alternative_names = kName});
  const OddCertificate forged{.names = {{GEN_URI, "urn:sekisho:clinic:t2"}}, .issuer = trusted};
  EXPECT_EQ(check.refusal(forged.make().chain_pem), CloseReason::certificate_untrusted);
  ChainCheck pinned({.peer = Peer::terminal}, trusted.chain_pem);
  EXPECT_EQ(pinned.refusal(forged.make().chain_pem), CloseReason::certificate_untrusted)
      << "not even as an anchor";
}

// ---------------------------------------------------------------- validity

TEST_F(TerminalChainTest, validity_counts_for_every_link) {
  const CertificateOptions expired{.name = "x", .begins = -hours(48), .ends = -hours(1)};
  const CertificateOptions early{.name = "x", .begins = hours(1), .ends = hours(48)};
  EXPECT_EQ(refusal(root, expired), CloseReason::certificate_expired);
  EXPECT_EQ(refusal(root, early), CloseReason::certificate_not_yet_valid);
  EXPECT_EQ(refusal(root.intermediate(expired)), CloseReason::certificate_expired);
  EXPECT_EQ(refusal(root.intermediate(early)), CloseReason::certificate_not_yet_valid);
}

TEST_F(TerminalChainTest, the_clock_that_counts_is_the_box_s_own) {
  const std::string leaf = leaf_of(root, {.begins = hours(24 * 40), .ends = hours(24 * 50)});
  const std::string anchored = TestCa::root({.ends = hours(24 * 100)}).pem();
  EXPECT_EQ(check.refusal(leaf), CloseReason::certificate_not_yet_valid);
  const TestCa lasting = TestCa::root({.name = "lasting", .ends = hours(24 * 100)});
  ChainCheck later({.peer = Peer::terminal}, lasting.pem());
  const std::string future = leaf_of(lasting, {.begins = hours(24 * 40), .ends = hours(24 * 50)});
  EXPECT_EQ(later.refusal(future), CloseReason::certificate_not_yet_valid);
  later.clock.advance(hours(24 * 45));
  EXPECT_EQ(later.refusal(future), kAccepted);
}

TEST_F(TerminalChainTest, a_remembered_verdict_ends_with_the_leaf) {
  const std::string leaf = leaf_of(root, {.ends = hours(2)});
  const Verdict first = check.judge(leaf), second = check.judge(leaf);
  ASSERT_TRUE(std::holds_alternative<IdentityPtr>(first));
  EXPECT_EQ(std::get<IdentityPtr>(first), std::get<IdentityPtr>(second)) << "it was not remembered at all";
  check.clock.advance(hours(1));
  EXPECT_EQ(check.refusal(leaf), kAccepted);
  check.clock.advance(hours(1) + seconds(1));
  EXPECT_EQ(check.refusal(leaf), CloseReason::certificate_expired);
}

TEST_F(TerminalChainTest, a_remembered_verdict_ends_with_whatever_ends_first_in_the_chain) {
  const std::string leaf =
      leaf_of(root.intermediate({.name = "issuing", .ends = hours(2)}), {.ends = hours(100)});
  EXPECT_EQ(check.refusal(leaf), kAccepted);
  check.clock.advance(hours(2) + seconds(1));
  EXPECT_EQ(check.refusal(leaf), CloseReason::certificate_expired);
}

TEST_F(TerminalChainTest, a_remembered_verdict_does_not_hold_before_its_beginning) {
  const std::string leaf = leaf_of(root);
  EXPECT_EQ(check.refusal(leaf), kAccepted);
  check.clock.advance(-hours(2));
  EXPECT_EQ(check.refusal(leaf), CloseReason::certificate_not_yet_valid);
}

TEST_F(TerminalChainTest, a_refusal_is_not_remembered) {
  const std::string leaf = leaf_of(root, {.begins = hours(1)});
  EXPECT_EQ(check.refusal(leaf), CloseReason::certificate_not_yet_valid);
  check.clock.advance(hours(2));
  EXPECT_EQ(check.refusal(leaf), kAccepted);
}

// ---------------------------------------------------------------- purpose and form

TEST_F(TerminalChainTest, a_certificate_for_another_purpose_is_refused) {
  for (const char* usage : {"serverAuth", "emailProtection", "codeSigning", "1.3.6.1.5.5.7.3.99"})
    EXPECT_EQ(refusal(root, {.usage = usage}), CloseReason::certificate_wrong_usage) << usage;
  EXPECT_EQ(refusal(root, {.usage = "serverAuth,clientAuth"}), kAccepted);
}

TEST_F(TerminalChainTest, a_certificate_that_names_nobody_is_refused) {
  EXPECT_EQ(check.refusal(root.issue({.name = "urn:sekisho:clinic:t1"}).chain_pem),
            CloseReason::certificate_no_identity);
  EXPECT_EQ(refusal(root, {.alternative_names = "IP:192.0.2.1"}), CloseReason::certificate_no_identity);
}

TEST_F(TerminalChainTest, a_path_longer_than_its_authority_allows_is_refused) {
  const TestCa strict = TestCa::root({.name = "strict", .path_length = 0});
  ChainCheck below_strict({.peer = Peer::terminal}, strict.pem());
  EXPECT_EQ(below_strict.refusal(leaf_of(strict)), kAccepted);
  EXPECT_EQ(below_strict.refusal(leaf_of(strict.intermediate({.name = "issuing"}))),
            CloseReason::certificate_chain_too_long);
}

TEST_F(TerminalChainTest, three_intermediates_are_believed_and_four_are_too_many) {
  const TestCa third =
      root.intermediate({.name = "1"}).intermediate({.name = "2"}).intermediate({.name = "3"});
  EXPECT_EQ(refusal(third), kAccepted);
  EXPECT_EQ(refusal(third.intermediate({.name = "4"})), CloseReason::certificate_chain_too_long);
}

TEST_F(TerminalChainTest, a_name_outside_its_issuer_s_constraints_is_refused) {
  const TestCa permitted =
      root.intermediate({.name = "p", .name_constraints = "permitted;DNS:clinic.example"});
  EXPECT_EQ(refusal(permitted, {.alternative_names = "DNS:t1.clinic.example"}), kAccepted);
  EXPECT_EQ(refusal(permitted, {.alternative_names = "DNS:t1.other.example"}),
            CloseReason::certificate_name_constraint);
  const TestCa excluded = root.intermediate({.name = "e", .name_constraints = "excluded;DNS:clinic.example"});
  EXPECT_EQ(refusal(excluded, {.alternative_names = "DNS:t1.clinic.example"}),
            CloseReason::certificate_name_constraint);
}

// ---------------------------------------------------------------- strength

TEST_F(TerminalChainTest, keys_of_at_least_112_bits_of_strength_are_believed) {
  for (const KeyKind kind : {KeyKind::p256, KeyKind::p384, KeyKind::rsa2048, KeyKind::rsa3072})
    EXPECT_EQ(refusal(root, {.key = kind}), kAccepted);
  EXPECT_EQ(refusal(root.intermediate({.name = "rsa", .key = KeyKind::rsa2048})), kAccepted);
}

TEST_F(TerminalChainTest, a_short_rsa_key_anywhere_in_the_chain_is_refused) {
  EXPECT_EQ(refusal(root, {.key = KeyKind::rsa1024}), CloseReason::certificate_weak);
  EXPECT_EQ(refusal(root.intermediate({.name = "rsa", .key = KeyKind::rsa1024})),
            CloseReason::certificate_weak);
  const TestCa weak = TestCa::root({.name = "weak", .key = KeyKind::rsa1024});
  ChainCheck below_weak({.peer = Peer::terminal}, weak.pem());
  EXPECT_EQ(below_weak.refusal(leaf_of(weak)), CloseReason::certificate_weak);
}

TEST_F(TerminalChainTest, a_curve_below_256_bits_anywhere_in_the_chain_is_refused) {  // CRT-08
  EXPECT_EQ(refusal(root, {.key = KeyKind::p224}), CloseReason::certificate_weak);
  EXPECT_EQ(refusal(root.intermediate({.name = "p224", .key = KeyKind::p224})),
            CloseReason::certificate_weak);
}

TEST_F(TerminalChainTest, a_signature_with_a_broken_digest_is_refused) {
  const TestCa rsa = TestCa::root({.name = "rsa", .key = KeyKind::rsa2048});
  ChainCheck below_rsa({.peer = Peer::terminal}, rsa.pem());
  for (const char* digest : {"SHA1", "MD5"}) {
    EXPECT_EQ(below_rsa.refusal(leaf_of(rsa, {.digest = digest})), CloseReason::certificate_weak) << digest;
    const TestCa old = rsa.intermediate({.name = "old", .digest = digest});
    EXPECT_EQ(below_rsa.refusal(leaf_of(old)), CloseReason::certificate_weak) << digest;
  }
  EXPECT_EQ(refusal(root, {.digest = "SHA1"}), CloseReason::certificate_weak);
}

TEST_F(TerminalChainTest, an_anchor_s_own_signature_proves_nothing_and_does_not_count) {
  const TestCa old = TestCa::root({.name = "old", .digest = "SHA1"});
  ChainCheck below_old({.peer = Peer::terminal}, old.pem());
  EXPECT_EQ(below_old.refusal(leaf_of(old)), kAccepted);
}

}  // namespace
}  // namespace gw::pki
