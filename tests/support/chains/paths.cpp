// Which way leads from the leaf to an anchor: order, detours, crossings, circles (RFC 5280 6.1, RFC 4158).

#include "support/chains/chain_case.h"
#include "support/der.h"

namespace gw::support::chains {
namespace {

using namespace outcome;
using C = ChainDraft&;

constexpr const char* kPath = "RFC 5280 6.1";
constexpr const char* kOrder = "RFC 8446 4.4.2";

CertificateDraft stranger() {
  return authority_draft("stranger", "p256 stranger", "stranger", "p256 stranger");
}

/// The issuing authority once more, from somebody else.
CertificateDraft issuing_by(const std::string& issuer, const std::string& issuer_key) {
  return authority_draft("issuing", "p256 issuing", issuer, issuer_key);
}

void pin_leaf(C c) {
  CertificateDraft& leaf = c.leaf();
  leaf.issuer = leaf.subject;
  leaf.signed_by = leaf.key;
  leaf.drop(oid::kAuthorityKeyId);
  c.sent.pop_back();
}

const ChainCase kRows[] = {
    {"the_anchor_sent_along", kPath, [](C c) { c.sent.push_back(c.root()); }, kBelieved},
    {"an_intermediate_that_was_not_sent", kPath, [](C c) { c.sent.pop_back(); }, kUntrusted},
    {"an_anchor_that_is_somebody_else", kPath, [](C c) { c.anchors = {stranger()}; }, kUntrusted},
    {"an_anchor_of_the_same_name_with_another_key", kPath,
     [](C c) { c.anchors = {authority_draft("root", "p256 twin", "root", "p256 twin")}; }, kUntrusted},
    {"a_false_root_of_the_same_name_sent_along", kPath,
     [](C c) {
       c.issuing().set_authority("p256 twin");
       c.sent.push_back(authority_draft("root", "p256 twin", "root", "p256 twin"));
     },
     kUntrusted},
    {"a_stranger_s_root_sent_along", kPath,
     [](C c) {
       c.issuing() = issuing_by("stranger", "p256 stranger");
       c.sent.push_back(stranger());
     },
     kUntrusted},
    {"two_anchors", kPath, [](C c) { c.anchors.insert(c.anchors.begin(), stranger()); }, kBelieved},
    {"the_issuing_authority_as_the_anchor", kPath, [](C c) { c.anchors = {c.issuing()}; }, kBelieved,
     Alone::refuses},
    {"an_issuing_anchor_that_need_not_be_sent", kPath,
     [](C c) { c.anchors = {c.issuing()}, c.sent.pop_back(); }, kBelieved},
    {"a_leaf_signed_by_itself", kPath, [](C c) { pin_leaf(c); }, kUntrusted},
    {"a_leaf_that_is_the_anchor", "RFC 6818 2", [](C c) { pin_leaf(c), c.anchors = {c.leaf()}; }, kBelieved},
    {"authorities_in_the_wrong_order", kOrder,
     [](C c) { c.deepen("lower"), std::swap(c.sent[1], c.sent[2]); }, kBelieved},
    {"an_authority_sent_twice", kOrder, [](C c) { c.sent.push_back(c.issuing()); }, kBelieved},
    {"a_stranger_sent_along", kOrder, [](C c) { c.sent.insert(c.sent.begin() + 1, stranger()); }, kBelieved},
    {"twenty_strangers_sent_along", kOrder, [](C c) { c.sent.insert(c.sent.end(), 20, stranger()); },
     kBelieved},
    {"two_authorities_that_vouch_for_each_other", "RFC 4158 2.4.2",
     [](C c) {
       c.issuing() = issuing_by("other", "p256 other");
       c.sent.push_back(authority_draft("other", "p256 other", "issuing", "p256 issuing"));
     },
     kUntrusted},
    {"three_authorities_in_a_circle", "RFC 4158 2.4.2",
     [](C c) {
       c.issuing() = issuing_by("b", "p256 b");
       c.sent.push_back(authority_draft("b", "p256 b", "c", "p256 c"));
       c.sent.push_back(authority_draft("c", "p256 c", "issuing", "p256 issuing"));
     },
     kUntrusted},
    {"a_circle_with_a_way_out", "RFC 4158 2.4.2",
     [](C c) {
       c.sent.insert(c.sent.begin() + 1, issuing_by("other", "p256 other"));
       c.sent.push_back(authority_draft("other", "p256 other", "issuing", "p256 issuing"));
     },
     kBelieved},
    {"crossed_signatures_the_anchor_s_first", "RFC 4158 2.3",
     [](C c) { c.sent.push_back(issuing_by("stranger", "p256 stranger")); }, kBelieved},
    {"crossed_signatures_the_stranger_s_first", "RFC 4158 2.3",
     [](C c) {
       c.sent.insert(c.sent.begin() + 1, issuing_by("stranger", "p256 stranger"));
       c.sent.push_back(stranger());
     },
     kUntrusted},  // as above: the peer has to send the way that leads to our anchors first
    {"crossed_signatures_that_both_lead_to_an_anchor", "RFC 4158 2.3",
     [](C c) {
       c.anchors.push_back(stranger());
       c.sent.push_back(issuing_by("stranger", "p256 stranger"));
     },
     kBelieved},
    {"crossed_signatures_of_which_one_has_ended", "RFC 4158 2.3",
     [](C c) {
       CertificateDraft old = c.issuing();
       old.not_after = "260601000000Z";
       c.sent.insert(c.sent.begin() + 1, old);
     },
     kBelieved},
    {"an_anchor_renewed_with_the_same_key", "RFC 4210 4.4",
     [](C c) {
       CertificateDraft old = c.root();
       old.not_after = "260601000000Z";
       c.anchors.insert(c.anchors.begin(), old);
     },
     kBelieved},
    {"an_anchor_renewed_with_another_key", "RFC 4210 4.4",
     [](C c) { c.anchors.push_back(authority_draft("root", "p256 next", "root", "p256 next")); }, kBelieved},
};

}  // namespace

std::span<const ChainCase> paths() { return kRows; }

}  // namespace gw::support::chains
