// How a certificate is put together: version, serial number, extensions, encoding.

#include "support/chains/chain_case.h"
#include "support/der.h"

namespace gw::support::chains {
namespace {

using namespace outcome;
using namespace std::string_literals;
using C = ChainDraft&;

std::string version(char number) { return der::tagged(0xa0, der::integer(std::string(1, number))); }

/// The public key with a length in two octets where DER has one.
std::string long_lengths(const std::string& public_key) { return "\x30\x81"s + public_key.substr(1); }

const ChainCase kRows[] = {
    {"extensions_in_a_version_1_leaf", "RFC 5280 4.1.2.1", [](C c) { c.leaf().version.clear(); }, kMalformed,
     Alone::refuses_flag},
    {"extensions_in_a_version_2_leaf", "RFC 5280 4.1.2.1", [](C c) { c.leaf().version = version(1); },
     kMalformed, Alone::refuses_flag},
    {"a_version_that_does_not_exist", "RFC 5280 4.1.2.1", [](C c) { c.leaf().version = version(3); },
     kMalformed, Alone::believes},
    {"a_version_1_leaf_without_extensions",
     "RFC 5280 4.1.2.1",
     [](C c) { c.leaf().version.clear(), c.leaf().extensions.clear(); },
     {R::certificate_malformed, R::upstream_certificate_name},
     Alone::believes},
    {"a_version_1_issuing_authority", "RFC 5280 6.1.4 (k)",
     [](C c) { c.issuing().version.clear(), c.issuing().extensions.clear(); }, kUntrusted},
    {"a_serial_number_of_zero", "RFC 5280 4.1.2.2", [](C c) { c.leaf().serial = "\0"s; }, kMalformed,
     Alone::believes},
    {"a_negative_serial_number", "RFC 5280 4.1.2.2", [](C c) { c.leaf().serial = "\x80\x01"; }, kMalformed,
     Alone::believes},
    {"a_serial_number_of_20_octets", "RFC 5280 4.1.2.2",
     [](C c) { c.leaf().serial = std::string(20, '\x7f'); }, kBelieved},
    {"a_serial_number_of_21_octets", "RFC 5280 4.1.2.2",
     [](C c) { c.leaf().serial = std::string(21, '\x7f'); }, kMalformed, Alone::believes},
    {"a_serial_number_of_20_octets_and_a_sign", "RFC 5280 4.1.2.2",
     [](C c) { c.leaf().serial = "\0"s + std::string(20, '\xff'); }, kMalformed, Alone::believes},
    {"an_authority_s_negative_serial_number", "RFC 5280 4.1.2.2",
     [](C c) { c.issuing().serial = "\x80\x01"; }, kMalformed, Alone::believes},
    {"an_anchor_s_serial_number_of_zero", "RFC 5280 6.1.1 (d)",  // as old roots have it; it names nothing
     [](C c) { c.root().serial = "\0"s; }, kBelieved},
    {"an_issuer_without_a_name", "RFC 5280 4.1.2.4",
     [](C c) { c.issuing().subject = c.leaf().issuer = der::name(""); }, kMalformed, Alone::refuses_flag},
    {"an_unknown_extension", "RFC 5280 4.2", [](C c) { c.leaf().add(oid::kNobodyKnows, der::octets("x")); },
     kBelieved},
    {"an_unknown_critical_extension", "RFC 5280 4.2",
     [](C c) { c.leaf().add(oid::kNobodyKnows, der::octets("x"), true); }, kMalformed},
    {"an_authority_s_unknown_critical_extension", "RFC 5280 6.1.4 (o)",
     [](C c) { c.issuing().add(oid::kNobodyKnows, der::octets("x"), true); }, kMalformed},
    {"an_anchor_s_unknown_critical_extension",
     "RFC 5280 6.1.1 (d)",  // libcrypto minds it; that is the closed side
     [](C c) { c.root().add(oid::kNobodyKnows, der::octets("x"), true); }, kMalformed},
    {"a_critical_pointer_to_the_issuer", "RFC 5280 4.2.2.1",
     [](C c) { c.leaf().add("1.3.6.1.5.5.7.1.1", der::sequence({}), true); }, kMalformed},
    {"an_unknown_extension_twice", "RFC 5280 4.2",
     [](C c) {
       c.leaf().add(oid::kNobodyKnows, der::octets("x"));
       c.leaf().add(oid::kNobodyKnows, der::octets("y"));
     },
     kMalformed, Alone::believes},
    {"alternative_names_twice", "RFC 5280 4.2",
     [](C c) { c.leaf().add(oid::kAlternativeNames, der::sequence({dns_name("other.example")})); },
     kMalformed},
    {"a_key_usage_twice", "RFC 5280 4.2",
     [](C c) { c.leaf().add(oid::kKeyUsage, der::tagged(0x03, "\x07\x80")); }, kMalformed},
    {"an_authority_s_basic_constraints_twice", "RFC 5280 4.2",
     [](C c) { c.issuing().add(oid::kBasicConstraints, der::sequence({})); }, kMalformed},
    {"something_behind_the_alternative_names", "RFC 5280 4.2",
     [](C c) { c.leaf().extension(oid::kAlternativeNames).value += der::octets("x"); }, kMalformed,
     Alone::believes},
    {"something_behind_the_key_usage", "RFC 5280 4.2",
     [](C c) { c.leaf().extension(oid::kKeyUsage).value += '\0'; }, kMalformed, Alone::believes},
    {"alternative_names_that_are_no_names", "RFC 5280 4.2.1.6",
     [](C c) { c.leaf().set(oid::kAlternativeNames, "garbage"); }, kMalformed},
    {"a_key_usage_that_is_none", "RFC 5280 4.2.1.3", [](C c) { c.leaf().set(oid::kKeyUsage, "garbage"); },
     kMalformed},
    {"purposes_that_are_none", "RFC 5280 4.2.1.12",
     [](C c) { c.leaf().set(oid::kExtendedKeyUsage, "garbage"); }, kMalformed},
    {"an_authority_s_basic_constraints_that_are_none", "RFC 5280 4.2.1.9",
     [](C c) { c.issuing().set(oid::kBasicConstraints, "garbage", true); }, kMalformed},
    {"an_authority_s_name_constraints_that_are_none", "RFC 5280 4.2.1.10",
     [](C c) { c.issuing().set(oid::kNameConstraints, "garbage", true); }, kMalformed},
    {"an_authority_key_identifier_that_is_none", "RFC 5280 4.2.1.1",
     [](C c) { c.leaf().set(oid::kAuthorityKeyId, "garbage"); }, kMalformed},
    {"a_criticality_that_should_not_be_written", "X.690 11.5",
     [](C c) { c.leaf().extension(oid::kAlternativeNames).critical = der::boolean(false); }, kMalformed,
     Alone::believes},
    {"a_truth_that_is_not_255", "X.690 11.1",
     [](C c) { c.leaf().extension(oid::kBasicConstraints).critical = "\x01\x01\x01"; }, kMalformed,
     Alone::believes},
    {"a_length_longer_than_it_must_be", "X.690 10.1",
     [](C c) { c.leaf().public_key = long_lengths(public_key_of(c.leaf().key)); }, kMalformed,
     Alone::believes},
    {"a_unique_identifier_of_the_issuer", "RFC 5280 4.1.2.8",
     [](C c) { c.leaf().unique_ids = der::tagged(0x81, "\0x"s); }, kMalformed, Alone::believes},
    {"a_unique_identifier_of_the_subject", "RFC 5280 4.1.2.8",
     [](C c) { c.leaf().unique_ids = der::tagged(0x82, "\0x"s); }, kMalformed, Alone::believes},
    {"two_algorithms_for_one_signature", "RFC 5280 4.1.1.2",
     [](C c) { c.leaf().inner_algorithm = signature_algorithm("p256 leaf", "SHA384"); }, kMalformed},
};

}  // namespace

std::span<const ChainCase> form() { return kRows; }

}  // namespace gw::support::chains
