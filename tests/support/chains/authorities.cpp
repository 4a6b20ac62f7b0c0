// Who may issue, and how far down (RFC 5280 4.2.1.3, 4.2.1.9).

#include "support/chains/chain_case.h"
#include "support/der.h"

namespace gw::support::chains {
namespace {

using namespace outcome;
using namespace std::string_literals;
using C = ChainDraft&;

constexpr const char* kBasic = "RFC 5280 4.2.1.9";
constexpr const char* kUse = "RFC 5280 4.2.1.3";

void deepen_by(C c, int authorities) {
  for (int i = 0; i < authorities; ++i) c.deepen("lower" + std::to_string(i));
}

const ChainCase kRows[] = {
    {"an_issuer_without_basic_constraints", "RFC 5280 6.1.4 (k)",
     [](C c) { c.issuing().drop(oid::kBasicConstraints); }, kUntrusted},
    {"an_issuer_that_is_no_authority", "RFC 5280 6.1.4 (k)",
     [](C c) { c.issuing().set_basic_constraints(false); }, kUntrusted},
    {"an_issuer_with_nothing_but_a_path_length", kBasic,
     [](C c) { c.issuing().set(oid::kBasicConstraints, der::sequence({der::integer("\x01")}), true); },
     kUntrusted},
    {"a_leaf_that_issues", "RFC 5280 6.1.4 (k)",
     [](C c) {
       CertificateDraft second = leaf_draft("second", "p256 second", "leaf", "p256 leaf");
       second.set_purposes({c.purpose()});
       second.set_names({c.own_name()});
       c.sent.insert(c.sent.begin(), second);
     },
     kUntrusted},
    {"basic_constraints_that_may_be_overlooked", kBasic,
     [](C c) { c.issuing().extension(oid::kBasicConstraints).critical.clear(); }, kMalformed,
     Alone::refuses_flag},
    {"an_anchor_without_basic_constraints", "RFC 5280 6.1.1 (d)",  // refused: nothing says that it is a CA
     [](C c) { c.root().drop(oid::kBasicConstraints); }, kUntrusted, Alone::refuses_flag},
    {"a_version_1_anchor", "RFC 5280 6.1.1 (d)",  // refused for the same reason
     [](C c) { c.root().version.clear(), c.root().extensions.clear(); }, kUntrusted, Alone::refuses_flag},
    {"a_leaf_that_is_an_authority_too", "CA/B BR 7.1.2.7.8",
     [](C c) {
       c.leaf().set_basic_constraints(true);
       c.leaf().set_key_usage(usage::kDigitalSignature | usage::kCertSign);
       c.leaf().set(oid::kSubjectKeyId, der::octets("leaf"));
     },
     kUsage, Alone::believes},
    {"a_leaf_without_basic_constraints", kBasic, [](C c) { c.leaf().drop(oid::kBasicConstraints); },
     kBelieved},
    {"a_leaf_with_a_path_length", kBasic, [](C c) { c.leaf().set_basic_constraints(false, 0); }, kMalformed,
     Alone::refuses_flag},
    {"an_issuer_without_key_usage", kUse, [](C c) { c.issuing().drop(oid::kKeyUsage); }, kMalformed,
     Alone::refuses_flag},
    {"an_issuer_whose_key_signs_no_certificates", "RFC 5280 6.1.4 (n)",
     [](C c) { c.issuing().set_key_usage(usage::kCrlSign); }, kUntrusted},
    {"an_anchor_whose_key_signs_no_certificates", "RFC 5280 6.1.4 (n)",
     [](C c) { c.root().set_key_usage(usage::kCrlSign); }, kUntrusted},
    {"an_issuer_whose_key_signs_certificates_alone", kUse,
     [](C c) { c.issuing().set_key_usage(usage::kCertSign); }, kBelieved},
    {"a_leaf_whose_key_signs_certificates", kUse,
     [](C c) { c.leaf().set_key_usage(usage::kDigitalSignature | usage::kCertSign); }, kMalformed,
     Alone::refuses_flag},
    {"a_path_as_long_as_allowed", "RFC 5280 6.1.4 (m)", [](C c) { c.root().set_basic_constraints(true, 1); },
     kBelieved},
    {"a_path_longer_than_the_anchor_allows", "RFC 5280 6.1.4 (m)",
     [](C c) { c.root().set_basic_constraints(true, 0); }, kTooLong},
    {"a_path_longer_than_the_issuer_allows", "RFC 5280 6.1.4 (m)",
     [](C c) { c.issuing().set_basic_constraints(true, 0), c.deepen("lower"); }, kTooLong},
    {"a_path_that_an_authority_lengthens_for_itself", "RFC 5280 6.1.4 (m)",
     [](C c) {
       c.issuing().set_basic_constraints(true, 0), c.deepen("lower").set_basic_constraints(true, 9);
     },
     kTooLong},
    {"a_self_issued_authority_does_not_lengthen_the_path", "RFC 5280 6.1.4 (l)",
     [](C c) {
       c.root().set_basic_constraints(true, 1);
       c.deepen("next").subject = der::name("issuing");
       c.leaf().issuer = der::name("issuing");
     },
     kBelieved},
    {"a_path_length_below_zero", kBasic,
     [](C c) {
       c.issuing().set(oid::kBasicConstraints, der::sequence({der::boolean(true), der::integer("\xff")}),
                       true);
     },
     kMalformed},
    {"three_authorities_below_the_anchor", "box: longest chain", [](C c) { deepen_by(c, 2); }, kBelieved},
    {"four_authorities_below_the_anchor", "box: longest chain", [](C c) { deepen_by(c, 3); }, kTooLong,
     Alone::believes},
    {"nine_authorities_below_the_anchor", "box: longest chain", [](C c) { deepen_by(c, 8); }, kTooLong,
     Alone::believes},
    {"an_issuer_of_another_name", "RFC 5280 6.1.3 (a)(4)", [](C c) { c.leaf().issuer = der::name("other"); },
     kUntrusted},
    {"an_issuer_s_name_in_capitals", "RFC 5280 7.1", [](C c) { c.leaf().issuer = der::name("ISSUING"); },
     kBelieved},
    {"an_issuer_s_name_in_another_string_type", "RFC 5280 7.1",
     [](C c) {
       c.leaf().issuer = der::sequence(
           {der::tagged(0x31, der::sequence({der::oid("2.5.4.3"), der::tagged(0x13, "issuing")}))});
     },
     kBelieved},
    {"an_authority_without_a_name_of_its_own", "RFC 5280 4.1.2.6",
     [](C c) { c.issuing().subject = c.leaf().issuer = der::sequence({}); }, kMalformed, Alone::refuses_flag},
};

}  // namespace

std::span<const ChainCase> authorities() { return kRows; }

}  // namespace gw::support::chains
