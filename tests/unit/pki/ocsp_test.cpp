// What a stapled OCSP answer says of a certificate (RFC 6960; SRV-03).

#include "pki/ocsp.h"

#include <gtest/gtest.h>

#include "support/chains/chain_case.h"
#include "support/der.h"
#include "support/mutations.h"
#include "support/revocation_drafts.h"
#include "tls/provider.h"
#include "unit/pki/revocation_words.h"

namespace gw::pki {
namespace {

namespace der = support::der;
namespace oid = support::oid;
using support::AnswerDraft;
using support::CertificateDraft;
using support::ChainDraft;
using support::Octets;
using namespace std::string_literals;

/// A good answer by the issuer itself, with a responder at hand that it might have delegated to.
struct Scene {
  Scene() : answer(AnswerDraft::about(chain.leaf(), chain.issuing())) {}
  ChainDraft chain = ChainDraft::good(Peer::cloud);
  CertificateDraft responder = support::responder_draft(chain.issuing(), "p256 responder");
  AnswerDraft answer;
  std::string now = "261122120000Z";

  /// Has the responder answer as it is now; call it last.
  void delegate() {
    answer.key = responder.key;
    answer.answered_by_name(responder.subject);
    answer.certificates = {responder};
  }
};

struct Row {
  const char* name;
  void (*change)(Scene&);
  std::string expected;
};
void PrintTo(const Row& row, std::ostream* out) { *out << row.expected; }

std::string words(Doubt doubt) { return words_for(doubt); }

const Row kRows[] = {
    {"good_says_the_issuer", [](Scene&) {}, "good"},
    {"good_says_the_issuer_named_by_its_key",
     [](Scene& s) { s.answer.answered_by_key(s.chain.issuing().key); }, "good"},
    {"good_by_sha_256_identifiers", [](Scene& s) { s.answer.id_digest = "SHA256"; }, "good"},
    {"revoked_says_the_issuer", [](Scene& s) { s.answer.revoke(1); }, "revoked 1"},
    {"revoked_without_a_reason",
     [](Scene& s) { s.answer.status = der::tagged(0xa1, der::time("20260901000000Z")); }, "revoked 0"},
    {"unknown_says_the_issuer", [](Scene& s) { s.answer.status = "\x82\0"s; },
     words(Doubt::not_known_to_issuer)},
    {"a_responder_that_is_busy", [](Scene& s) { s.answer.response_status = 3; },
     words(Doubt::responder_failed)},
    {"a_responder_that_refuses", [](Scene& s) { s.answer.response_status = 6; },
     words(Doubt::responder_failed)},
    {"another_certificate", [](Scene& s) { s.answer.serial = "\x7f"; }, words(Doubt::other_certificate)},
    {"another_issuer_s_certificate", [](Scene& s) { s.answer.issuer_name = s.chain.root().subject; },
     words(Doubt::other_certificate)},
    {"another_key_s_certificate", [](Scene& s) { s.answer.issuer_key = s.chain.root().key; },
     words(Doubt::other_certificate)},
    {"signed_by_a_stranger", [](Scene& s) { s.answer.key = "p256 stranger"; }, words(Doubt::bad_signature)},
    {"signed_by_the_certificate_itself",
     [](Scene& s) {
       s.answer.key = s.chain.leaf().key;
       s.answer.answered_by_name(s.chain.leaf().subject);
       s.answer.certificates = {s.chain.leaf()};
     },
     words(Doubt::issuer_may_not_sign)},
    {"signed_by_the_root",
     [](Scene& s) {
       s.answer.key = s.chain.root().key;
       s.answer.answered_by_name(s.chain.root().subject);
       s.answer.certificates = {s.chain.root()};
     },
     words(Doubt::issuer_may_not_sign)},
    {"signed_with_sha_1", [](Scene& s) { s.answer.digest = "SHA1"; }, words(Doubt::weak_signature)},
    {"good_says_a_responder", [](Scene& s) { s.delegate(); }, "good"},
    {"good_says_a_responder_named_by_its_key",
     [](Scene& s) { s.delegate(), s.answer.answered_by_key(s.responder.key); }, "good"},
    {"revoked_says_a_responder", [](Scene& s) { s.delegate(), s.answer.revoke(4); }, "revoked 4"},
    {"a_responder_for_other_things",
     [](Scene& s) { s.responder.set_purposes({oid::kServerAuth}), s.delegate(); },
     words(Doubt::issuer_may_not_sign)},
    {"a_responder_for_any_purpose",
     [](Scene& s) { s.responder.set_purposes({oid::kAnyPurpose}), s.delegate(); },
     words(Doubt::issuer_may_not_sign)},
    {"a_responder_for_no_purpose", [](Scene& s) { s.responder.drop(oid::kExtendedKeyUsage), s.delegate(); },
     words(Doubt::issuer_may_not_sign)},
    {"a_responder_whose_key_does_not_sign",
     [](Scene& s) { s.responder.set_key_usage(support::usage::kKeyAgreement), s.delegate(); },
     words(Doubt::issuer_may_not_sign)},
    {"a_responder_that_might_be_revoked_itself",
     [](Scene& s) { s.responder.drop("1.3.6.1.5.5.7.48.1.5"), s.delegate(); },
     words(Doubt::issuer_may_not_sign)},
    {"a_responder_of_the_root",
     [](Scene& s) { s.responder = support::responder_draft(s.chain.root(), "p256 responder"), s.delegate(); },
     words(Doubt::issuer_may_not_sign)},
    {"a_responder_with_a_forged_signature",
     [](Scene& s) { s.responder.signed_by = "p256 stranger", s.delegate(); },
     words(Doubt::issuer_may_not_sign)},
    {"a_responder_that_has_ended", [](Scene& s) { s.responder.not_after = "261101000000Z", s.delegate(); },
     words(Doubt::issuer_may_not_sign)},
    {"a_responder_that_begins_later",
     [](Scene& s) { s.responder.not_before = "261201000000Z", s.delegate(); },
     words(Doubt::issuer_may_not_sign)},
    {"a_responder_with_a_critical_demand",
     [](Scene& s) { s.responder.add(oid::kNobodyKnows, der::octets("x"), true), s.delegate(); },
     words(Doubt::issuer_may_not_sign)},
    {"a_responder_signed_with_sha_1", [](Scene& s) { s.responder.digest = "SHA1", s.delegate(); },
     words(Doubt::issuer_may_not_sign)},
    {"a_responder_that_was_not_sent", [](Scene& s) { s.delegate(), s.answer.certificates.clear(); },
     words(Doubt::issuer_may_not_sign)},
    {"a_responder_behind_four_others",
     [](Scene& s) {
       s.delegate();
       s.answer.certificates.insert(s.answer.certificates.begin(), 4, s.chain.leaf());
     },
     words(Doubt::issuer_may_not_sign)},
    {"an_answer_in_its_last_second", [](Scene& s) { s.now = "261124000000Z"; }, "good"},
    {"a_stale_answer", [](Scene& s) { s.now = "261124000001Z"; }, words(Doubt::stale)},
    {"revoked_by_a_stale_answer", [](Scene& s) { s.now = "261224000000Z", s.answer.revoke(1); }, "revoked 1"},
    {"an_answer_without_an_end", [](Scene& s) { s.answer.next_update.clear(); }, words(Doubt::stale)},
    {"an_answer_that_ends_before_it_begins",
     [](Scene& s) {
       s.answer.this_update = "20261124000001Z";
       s.now = "261123235900Z";
     },
     words(Doubt::stale)},
    {"an_answer_a_little_ahead", [](Scene& s) { s.answer.this_update = "20261122120459Z"; }, "good"},
    {"an_answer_from_the_future", [](Scene& s) { s.answer.this_update = "20261122120501Z"; },
     words(Doubt::not_yet)},
    {"an_unknown_extension",
     [](Scene& s) {
       s.answer.extensions = {{oid::kNobodyKnows, "", "x"}};
     },
     "good"},
    {"an_unknown_critical_extension",
     [](Scene& s) {
       s.answer.extensions = {{oid::kNobodyKnows, der::boolean(true), "x"}};
     },
     words(Doubt::unknown_extension)},
    {"an_unknown_critical_extension_of_one_answer",
     [](Scene& s) {
       s.answer.single_extensions = {{oid::kNobodyKnows, der::boolean(true), "x"}};
     },
     words(Doubt::unknown_extension)},
};

class OcspTest : public testing::TestWithParam<Row> {
 protected:
  void SetUp() override { ASSERT_TRUE(tls::install_provider()); }
};

RevocationVerdict judge(Scene& scene, Bytes octets) {
  return judge_answer(octets, read(scene.chain.leaf()).get(), read(scene.chain.issuing()).get(),
                      support::moment_of(scene.now));
}

TEST_P(OcspTest, is_judged_as_its_row_says) {
  Scene scene;
  GetParam().change(scene);
  EXPECT_EQ(to_string(judge(scene, as_bytes(scene.answer.encode()))), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(Answers, OcspTest, testing::ValuesIn(kRows),
                         [](const testing::TestParamInfo<Row>& one) { return std::string(one.param.name); });

class AnswerOctetsTest : public OcspTest {};

TEST_F(AnswerOctetsTest, that_are_no_answer_or_too_many_leave_a_doubt) {
  Scene scene;
  EXPECT_EQ(to_string(judge(scene, {})), words(Doubt::unreadable));
  EXPECT_EQ(to_string(judge(scene, as_bytes("garbage"))), words(Doubt::unreadable));
  EXPECT_EQ(to_string(judge(scene, as_bytes(scene.answer.encode() + "x"))), words(Doubt::unreadable));
  EXPECT_EQ(to_string(judge(scene, as_bytes(std::string(kMaxAnswerOctets + 1, '\x30')))),
            words(Doubt::too_large));
}

TEST_F(AnswerOctetsTest, never_turn_a_revoked_certificate_into_a_good_one) {
  Scene scene;
  scene.answer.revoke(1);
  scene.delegate();
  const X509Ptr leaf = read(scene.chain.leaf()), issuer = read(scene.chain.issuing());
  const std::string octets = scene.answer.encode();
  const Octets seed(octets.begin(), octets.end());
  const auto try_octets = [&](const Octets& changed) {
    const auto verdict = judge_answer(changed, leaf.get(), issuer.get(), support::moment_of(scene.now));
    ASSERT_FALSE(std::holds_alternative<Good>(verdict));
  };
  support::for_each_cut(seed, try_octets);
  support::for_each_change(seed, try_octets);
}

}  // namespace
}  // namespace gw::pki
