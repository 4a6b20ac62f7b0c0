// What a revocation list says of a certificate (RFC 5280 5, 6.3; SRV-03).

#include "pki/revocation_list.h"

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
using model::CivilSeconds;
using support::CertificateDraft;
using support::ChainDraft;
using support::ListDraft;
using support::Octets;
namespace oid = support::oid;

constexpr const char* kPoint = "http://ca.example/list.crl";

/// A good list of the issuing authority, a leaf and its issuer; a row changes one of them.
struct Scene {
  Scene() : list(ListDraft::by(chain.issuing())) {}
  ChainDraft chain = ChainDraft::good(Peer::terminal);
  ListDraft list;
  std::string now = "261122120000Z";
  CertificateDraft& leaf() { return chain.leaf(); }
  CertificateDraft& issuer() { return chain.issuing(); }
};

std::string full_name(const std::string& uri) {
  return der::tagged(0xa0, der::tagged(0xa0, support::uri_name(uri)));
}
std::string flag(unsigned char number) {
  return der::tagged(static_cast<unsigned char>(0x80 | number), "\xff");
}

struct Row {
  const char* name;
  void (*change)(Scene&);
  std::string expected;
};
void PrintTo(const Row& row, std::ostream* out) { *out << row.expected; }

std::string words(Doubt doubt) { return words_for(doubt); }

const Row kRows[] = {
    {"not_on_the_list", [](Scene& s) { s.list.entries.push_back({"\x7f"}); }, "good"},
    {"an_empty_list", [](Scene&) {}, "good"},
    {"on_the_list", [](Scene& s) { s.list.revoke(s.leaf()); }, "revoked 0"},
    {"on_the_list_with_a_reason",
     [](Scene& s) {
       s.list.entries = {{s.leaf().serial, "260901000000Z", {support::reason_code(1)}}};
     },
     "revoked 1"},
    {"on_hold",
     [](Scene& s) {
       s.list.entries = {{s.leaf().serial, "260901000000Z", {support::reason_code(6)}}};
     },
     "revoked 6"},
    {"on_a_list_of_version_1",
     [](Scene& s) { s.list.version.clear(), s.list.extensions.clear(), s.list.revoke(s.leaf()); },
     "revoked 0"},
    {"the_list_of_a_stranger", [](Scene& s) { s.list.issuer = der::name("stranger"); },
     words(Doubt::foreign_issuer)},
    {"a_list_signed_by_a_stranger", [](Scene& s) { s.list.key = "p256 stranger"; },
     words(Doubt::bad_signature)},
    {"a_list_signed_by_the_leaf", [](Scene& s) { s.list.key = s.leaf().key; }, words(Doubt::bad_signature)},
    {"an_issuer_that_signs_no_lists", [](Scene& s) { s.issuer().set_key_usage(support::usage::kCertSign); },
     words(Doubt::issuer_may_not_sign)},
    {"a_list_signed_with_sha_1", [](Scene& s) { s.list.digest = "SHA1"; }, words(Doubt::weak_signature)},
    {"a_list_in_its_last_second", [](Scene& s) { s.now = "261124000000Z"; }, "good"},
    {"a_stale_list", [](Scene& s) { s.now = "261124000001Z"; }, words(Doubt::stale)},
    {"on_a_stale_list", [](Scene& s) { s.now = "261224000000Z", s.list.revoke(s.leaf()); }, "revoked 0"},
    {"a_list_that_never_ends", [](Scene& s) { s.list.next_update.clear(); }, words(Doubt::stale)},
    {"a_list_from_the_future", [](Scene& s) { s.now = "261119235959Z"; }, words(Doubt::not_yet)},
    {"a_list_of_a_thirteenth_month", [](Scene& s) { s.list.this_update = "261301000000Z"; },
     words(Doubt::not_yet)},
    {"an_unknown_extension",
     [](Scene& s) {
       s.list.extensions.push_back({oid::kNobodyKnows, "", "x"});
     },
     "good"},
    {"an_unknown_critical_extension",
     [](Scene& s) {
       s.list.extensions.push_back({oid::kNobodyKnows, der::boolean(true), "x"});
     },
     words(Doubt::unknown_extension)},
    {"an_entry_with_an_unknown_critical_extension",
     [](Scene& s) {
       s.list.entries = {{"\x7f", "260901000000Z", {{oid::kNobodyKnows, der::boolean(true), "x"}}}};
     },
     words(Doubt::unknown_extension)},
    {"a_delta_list",
     [](Scene& s) {
       s.list.extensions.push_back({"2.5.29.27", der::boolean(true), der::integer("\x01")});
     },
     words(Doubt::unsupported_kind)},
    {"a_delta_list_that_is_not_marked",
     [](Scene& s) {
       s.list.extensions.push_back({"2.5.29.27", "", der::integer("\x01")});
     },
     words(Doubt::unsupported_kind)},
    {"an_entry_that_takes_back",
     [](Scene& s) {
       s.list.entries = {{s.leaf().serial, "260901000000Z", {support::reason_code(8)}}};
     },
     words(Doubt::unsupported_kind)},
    {"a_list_of_user_certificates", [](Scene& s) { s.list.set_scope(flag(1)); }, "good"},
    {"a_list_of_authorities", [](Scene& s) { s.list.set_scope(flag(2)); }, words(Doubt::out_of_scope)},
    {"a_list_of_attributes", [](Scene& s) { s.list.set_scope(flag(5)); }, words(Doubt::unsupported_kind)},
    {"an_indirect_list", [](Scene& s) { s.list.set_scope(flag(4)); }, words(Doubt::unsupported_kind)},
    {"a_list_for_some_reasons", [](Scene& s) { s.list.set_scope(der::tagged(0x83, "\x01\x60")); },
     words(Doubt::out_of_scope)},
    {"a_list_of_another_point", [](Scene& s) { s.list.set_scope(full_name(kPoint)); },
     words(Doubt::out_of_scope)},
    {"a_list_of_the_leaf_s_own_point",
     [](Scene& s) {
       s.list.set_scope(full_name(kPoint));
       s.leaf().set("2.5.29.31", der::sequence({der::sequence({full_name(kPoint)})}));
     },
     "good"},
    {"a_list_of_a_relative_point",
     [](Scene& s) { s.list.set_scope(der::tagged(0xa0, der::tagged(0xa1, ""))); },
     words(Doubt::unsupported_kind)},
    {"a_scope_that_is_none",
     [](Scene& s) {
       s.list.extensions.push_back({"2.5.29.28", der::boolean(true), "x"});
     },
     words(Doubt::unreadable)},
};

class RevocationListTest : public testing::TestWithParam<Row> {
 protected:
  void SetUp() override { ASSERT_TRUE(tls::install_provider()); }
};

RevocationVerdict judge(Scene& scene, Bytes octets) {
  const auto list = RevocationList::read(octets);
  if (!list) return Unknown{Doubt::unreadable};
  return list->judge(read(scene.leaf()).get(), read(scene.issuer()).get(), support::moment_of(scene.now));
}

TEST_P(RevocationListTest, is_judged_as_its_row_says) {
  Scene scene;
  GetParam().change(scene);
  EXPECT_EQ(to_string(judge(scene, as_bytes(scene.list.encode()))), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(Lists, RevocationListTest, testing::ValuesIn(kRows),
                         [](const testing::TestParamInfo<Row>& one) { return std::string(one.param.name); });

class ListOctetsTest : public RevocationListTest {};

TEST_F(ListOctetsTest, that_are_no_list_or_too_many_are_not_read) {
  for (const std::string& octets : {std::string(), std::string("garbage"), std::string("\x30\x00", 2)})
    EXPECT_FALSE(RevocationList::read(as_bytes(octets)));
  const std::string large(kMaxListOctets + 1, '\x30');
  EXPECT_EQ(RevocationList::read(as_bytes(large)).error().code, ErrorCode::revocation_unreadable);
  Scene scene;
  EXPECT_FALSE(RevocationList::read(as_bytes(scene.list.encode() + "x"))) << "something stands behind it";
}

TEST_F(ListOctetsTest, never_turn_a_revoked_certificate_into_a_good_one) {
  Scene scene;
  scene.list.revoke(scene.leaf());
  const X509Ptr leaf = read(scene.leaf()), issuer = read(scene.issuer());
  const std::string octets = scene.list.encode();
  const Octets seed(octets.begin(), octets.end());
  int read_anyway = 0;
  const auto try_octets = [&](const Octets& changed) {
    const auto list = RevocationList::read(changed);
    if (!list) return;
    ++read_anyway;
    const auto verdict = list->judge(leaf.get(), issuer.get(), support::moment_of(scene.now));
    ASSERT_FALSE(std::holds_alternative<Good>(verdict));
  };
  support::for_each_cut(seed, try_octets);
  support::for_each_change(seed, try_octets);
  EXPECT_GT(read_anyway, 100) << "the sweep tried nothing that can be read";
}

}  // namespace
}  // namespace gw::pki
