// Which key signed, as the certificates themselves say (RFC 5280 4.2.1.1, 4.2.1.2), and whether it did.

#include "support/chains/chain_case.h"
#include "support/der.h"

namespace gw::support::chains {
namespace {

using namespace outcome;
using C = ChainDraft&;

constexpr const char* kAuthority = "RFC 5280 4.2.1.1";
constexpr const char* kSubject = "RFC 5280 4.2.1.2";

std::string key_id() { return der::tagged(0x80, key_identifier_of("p256 issuing")); }
std::string issuer_field(const std::string& name) {
  return der::tagged(0xa1, directory_name(der::name(name)));
}
std::string serial_field(const std::string& serial) { return der::tagged(0x82, serial); }

void name_authority(C c, std::initializer_list<std::string_view> fields) {
  c.leaf().set(oid::kAuthorityKeyId, der::sequence(fields));
}

const ChainCase kRows[] = {
    {"a_leaf_without_its_issuer_s_key_identifier", kAuthority,
     [](C c) { c.leaf().drop(oid::kAuthorityKeyId); }, kMalformed, Alone::refuses_flag},
    {"an_authority_without_its_issuer_s_key_identifier", kAuthority,
     [](C c) { c.issuing().drop(oid::kAuthorityKeyId); }, kMalformed, Alone::refuses_flag},
    // A root is its own issuer: 4.2.1.1 lets it go without.
    {"an_anchor_without_its_issuer_s_key_identifier", kAuthority,
     [](C c) { c.root().drop(oid::kAuthorityKeyId); }, kBelieved},
    {"an_empty_authority_key_identifier", kAuthority, [](C c) { name_authority(c, {}); }, kMalformed,
     Alone::refuses_flag},
    {"an_issuer_named_without_its_key", kAuthority,
     [](C c) {
       name_authority(c, {issuer_field("root"), serial_field(c.issuing().serial)});
     },
     kMalformed, Alone::refuses_flag},
    {"an_issuer_named_in_full", kAuthority,
     [](C c) {
       name_authority(c, {key_id(), issuer_field("root"), serial_field(c.issuing().serial)});
     },
     kBelieved},
    {"an_issuer_named_by_half_its_number", kAuthority,
     [](C c) {
       name_authority(c, {key_id(), issuer_field("root")});
     },
     kMalformed, Alone::believes},
    {"an_issuer_s_number_without_its_name", kAuthority,
     [](C c) {
       name_authority(c, {key_id(), serial_field(c.issuing().serial)});
     },
     kMalformed, Alone::believes},
    {"an_issuer_of_another_number", kAuthority,
     [](C c) {
       name_authority(c, {key_id(), issuer_field("root"), serial_field("\x01")});
     },
     kUntrusted},
    {"an_issuer_of_another_issuer", kAuthority,
     [](C c) {
       name_authority(c, {key_id(), issuer_field("other"), serial_field(c.issuing().serial)});
     },
     kUntrusted},
    {"another_key_s_identifier", kAuthority,
     [](C c) { name_authority(c, {der::tagged(0x80, key_identifier_of("p256 other"))}); }, kUntrusted},
    {"a_critical_authority_key_identifier", kAuthority,
     [](C c) { c.leaf().extension(oid::kAuthorityKeyId).critical = der::boolean(true); }, kMalformed},
    {"an_authority_without_a_key_identifier_of_its_own", kSubject,
     [](C c) { c.issuing().drop(oid::kSubjectKeyId); }, kMalformed, Alone::refuses_flag},
    {"an_anchor_without_a_key_identifier_of_its_own", kSubject,  // refused with the library's flag
     [](C c) { c.root().drop(oid::kSubjectKeyId); }, kMalformed, Alone::refuses_flag},
    {"a_leaf_with_a_key_identifier_of_its_own", kSubject,
     [](C c) { c.leaf().set(oid::kSubjectKeyId, der::octets("leaf")); }, kBelieved},
    {"a_critical_subject_key_identifier", kSubject,
     [](C c) { c.issuing().extension(oid::kSubjectKeyId).critical = der::boolean(true); }, kMalformed},
    {"a_signature_by_another_key", "RFC 5280 6.1.3 (a)(1)", [](C c) { c.leaf().signed_by = "p256 other"; },
     kForged},
    {"an_authority_s_signature_by_another_key", "RFC 5280 6.1.3 (a)(1)",
     [](C c) { c.issuing().signed_by = "p256 other"; }, kForged},
    {"a_signature_over_something_else", "RFC 5280 6.1.3 (a)(1)",
     [](C c) {
       c.leaf().forge = [](const std::string& signed_part) {
         return signature_by("p256 issuing", "SHA256", signed_part + "x");
       };
     },
     kForged},
    {"a_signature_of_nothing", "RFC 5280 6.1.3 (a)(1)",
     [](C c) { c.leaf().forge = [](const std::string&) { return std::string(); }; }, kForged},
    {"a_signature_of_garbage", "RFC 5280 6.1.3 (a)(1)",
     [](C c) { c.leaf().forge = [](const std::string&) { return std::string(70, 'x'); }; }, kForged},
    // An anchor's own signature proves nothing to anybody (RFC 5280 6.1.1 (d)).
    {"an_anchor_whose_own_signature_is_garbage", "RFC 5280 6.1.1 (d)",
     [](C c) { c.root().forge = [](const std::string&) { return std::string(70, 'x'); }; }, kBelieved},
};

}  // namespace

std::span<const ChainCase> key_identifiers() { return kRows; }

}  // namespace gw::support::chains
