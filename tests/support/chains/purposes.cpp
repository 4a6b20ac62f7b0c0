// What a key may be used for (RFC 5280 4.2.1.3, 4.2.1.12; CRT-02).

#include "support/chains/chain_case.h"
#include "support/der.h"

namespace gw::support::chains {
namespace {

using namespace outcome;
using C = ChainDraft&;

constexpr const char* kPurpose = "RFC 5280 4.2.1.12";
constexpr const char* kUse = "RFC 5280 4.2.1.3";
constexpr const char* kServerGated = "2.16.840.1.113730.4.1";  // Netscape's step-up of the 1990s
constexpr unsigned kNonRepudiation = 0x40, kEncipherOnly = 0x01;

const ChainCase kRows[] = {
    // RFC 5280 reads "for anything"; a certificate that was not made for this side is not taken for it
    // (CRT-02, CA/B BR 7.1.2.7.10).
    {"a_leaf_for_no_purpose_in_particular", kPurpose, [](C c) { c.leaf().drop(oid::kExtendedKeyUsage); },
     kUsage, Alone::believes},
    {"a_leaf_for_the_other_side", kPurpose, [](C c) { c.leaf().set_purposes({c.other_purpose()}); }, kUsage},
    {"a_leaf_for_both_sides", kPurpose,
     [](C c) {
       c.leaf().set_purposes({c.other_purpose(), c.purpose()});
     },
     kBelieved},
    {"a_leaf_for_mail", kPurpose, [](C c) { c.leaf().set_purposes({oid::kEmailProtection}); }, kUsage},
    {"a_leaf_for_what_nobody_knows", kPurpose, [](C c) { c.leaf().set_purposes({oid::kNobodyKnows}); },
     kUsage},
    {"a_leaf_for_this_and_what_nobody_knows", kPurpose,
     [](C c) {
       c.leaf().set_purposes({c.purpose(), oid::kNobodyKnows});
     },
     kBelieved},
    {"a_leaf_for_any_purpose", kPurpose, [](C c) { c.leaf().set_purposes({oid::kAnyPurpose}); }, kUsage},
    {"a_leaf_for_this_and_any_purpose", "CA/B BR 7.1.2.7.10",
     [](C c) {
       c.leaf().set_purposes({c.purpose(), oid::kAnyPurpose});
     },
     kUsage, Alone::believes},
    {"a_leaf_for_step_up", "CA/B BR 7.1.2.7.10", [](C c) { c.leaf().set_purposes({kServerGated}); }, kUsage,
     Alone::believes},
    {"a_leaf_for_an_empty_list_of_purposes", kPurpose, [](C c) { c.leaf().set_purposes({}); }, kUsage},
    {"a_leaf_whose_purpose_is_critical", kPurpose,
     [](C c) { c.leaf().extension(oid::kExtendedKeyUsage).critical = der::boolean(true); }, kBelieved},
    {"an_issuer_for_this_purpose", kPurpose, [](C c) { c.issuing().set_purposes({c.purpose()}); }, kBelieved},
    {"an_issuer_for_both_sides", kPurpose,
     [](C c) {
       c.issuing().set_purposes({c.purpose(), c.other_purpose()});
     },
     kBelieved},
    {"an_issuer_for_the_other_side", kPurpose, [](C c) { c.issuing().set_purposes({c.other_purpose()}); },
     kUsage},
    {"an_issuer_for_status_answers", kPurpose, [](C c) { c.issuing().set_purposes({oid::kOcspSigning}); },
     kUsage},
    // Cross-certificates may say so; libcrypto does not follow, and a narrower answer does no harm.
    {"an_issuer_for_any_purpose", kPurpose, [](C c) { c.issuing().set_purposes({oid::kAnyPurpose}); },
     kUsage},
    {"an_issuer_two_above_for_the_other_side", kPurpose,
     [](C c) { c.issuing().set_purposes({c.other_purpose()}), c.deepen("lower"); }, kUsage},
    {"an_anchor_for_the_other_side", kPurpose, [](C c) { c.root().set_purposes({c.other_purpose()}); },
     kUsage},
    {"a_leaf_without_key_usage", kUse, [](C c) { c.leaf().drop(oid::kKeyUsage); }, kBelieved},
    {"a_leaf_whose_key_usage_may_be_overlooked", kUse,
     [](C c) { c.leaf().extension(oid::kKeyUsage).critical.clear(); }, kBelieved},
    {"a_leaf_whose_key_signs_and_enciphers", kUse,
     [](C c) { c.leaf().set_key_usage(usage::kDigitalSignature | usage::kKeyEncipherment); }, kBelieved},
    // The handshake is a signature: RFC 8446 4.4.2.2, 4.4.2.3.
    {"a_leaf_whose_key_enciphers_only", "RFC 8446 4.4.2.2",
     [](C c) { c.leaf().set_key_usage(usage::kKeyEncipherment); }, kUsage, Alone::believes},
    {"a_leaf_whose_key_agrees_only", "RFC 8446 4.4.2.2",
     [](C c) { c.leaf().set_key_usage(usage::kKeyAgreement); }, kUsage, Alone::believes},
    {"a_leaf_whose_key_enciphers_while_agreeing", "RFC 8446 4.4.2.2",
     [](C c) { c.leaf().set_key_usage(usage::kKeyAgreement | kEncipherOnly); }, kUsage, Alone::believes},
    {"a_leaf_whose_key_commits_only", "RFC 8446 4.4.2.2",
     [](C c) { c.leaf().set_key_usage(kNonRepudiation); }, kUsage},
    {"a_leaf_whose_key_does_nothing", kUse, [](C c) { c.leaf().set_key_usage(0); }, kMalformed},
    {"a_leaf_whose_key_signs_lists", kUse,
     [](C c) { c.leaf().set_key_usage(usage::kDigitalSignature | usage::kCrlSign); }, kBelieved},
    {"a_leaf_that_stands_in_for_another", "RFC 3820",
     [](C c) {
       const std::string inherit = der::sequence({der::oid("1.3.6.1.5.5.7.21.1")});
       c.leaf().add("1.3.6.1.5.5.7.1.14", der::sequence({inherit}), true);
     },
     kMalformed},
};

}  // namespace

std::span<const ChainCase> purposes() { return kRows; }

}  // namespace gw::support::chains
