// Whose name it is: the service's own in the alternative names, and nothing else (SRV-01, RFC 9525 6.3).

#include "support/chains/chain_case.h"
#include "support/der.h"

namespace gw::support::chains {
namespace {

using namespace outcome;
using namespace std::string_literals;
using C = ChainDraft&;

constexpr const char* kClause = "RFC 9525 6.3";

void only_dns(C c, std::string_view text) { c.leaf().set_names({dns_name(text)}); }

constexpr Outcome kSpoiltName{R::certificate_malformed, R::upstream_certificate_name};

const ChainCase kRows[] = {
    {"the_service_s_name", kClause, [](C c) { only_dns(c, kCloudHost); }, kBelieved},
    {"the_service_s_name_in_capitals", kClause, [](C c) { only_dns(c, "EMR.Cloud.EXAMPLE"); }, kBelieved},
    {"the_service_s_name_among_others", kClause,
     [](C c) {
       c.leaf().set_names({dns_name("a.example"), dns_name(kCloudHost), dns_name("b.example")});
     },
     kBelieved},
    {"a_wildcard_over_the_service_s_name", kClause, [](C c) { only_dns(c, "*.cloud.example"); }, kBelieved},
    {"a_sister_s_name", kClause, [](C c) { only_dns(c, "labs.cloud.example"); }, kNotTheService,
     Alone::refuses},
    {"a_parent_s_name", kClause, [](C c) { only_dns(c, "cloud.example"); }, kNotTheService},
    {"a_child_s_name", kClause, [](C c) { only_dns(c, "x.emr.cloud.example"); }, kNotTheService},
    {"a_name_that_begins_with_the_service_s", kClause,
     [](C c) { only_dns(c, "emr.cloud.example.evil.example"); }, kNotTheService},
    {"a_wildcard_one_label_too_high", kClause, [](C c) { only_dns(c, "*.example"); }, kNotTheService},
    {"a_wildcard_one_label_too_low", kClause, [](C c) { only_dns(c, "*.emr.cloud.example"); },
     kNotTheService},
    {"a_wildcard_for_the_end_of_the_label", kClause, [](C c) { only_dns(c, "e*.cloud.example"); },
     kSpoiltName, Alone::believes},
    {"a_wildcard_for_the_middle_of_the_name", kClause, [](C c) { only_dns(c, "emr.*.example"); }, kSpoiltName,
     Alone::believes},
    {"a_wildcard_for_everything", kClause, [](C c) { only_dns(c, "*"); }, kSpoiltName, Alone::believes},
    {"the_service_s_name_with_a_dot_behind", kClause, [](C c) { only_dns(c, "emr.cloud.example."); },
     kSpoiltName, Alone::believes},
    {"the_service_s_name_before_a_hidden_end", kClause,
     [](C c) { only_dns(c, "emr.cloud.example\0.evil.example"s); }, kSpoiltName, Alone::believes},
    {"the_service_s_name_as_a_uri", kClause,
     [](C c) { c.leaf().set_names({uri_name("https://emr.cloud.example/")}); }, kNotTheService},
    {"the_service_s_name_as_mail", kClause,
     [](C c) { c.leaf().set_names({email_name("emr@emr.cloud.example")}); }, kNotTheService},
    {"an_address_alone", kClause, [](C c) { c.leaf().set_names({ip_name("\xc0\xa8\x01\x05")}); }, kNameless,
     Alone::believes},
    {"the_service_s_name_as_the_common_name", kClause,
     [](C c) { c.leaf().subject = der::name(kCloudHost), only_dns(c, "other.example"); }, kNotTheService},
    {"the_service_s_name_as_the_only_name_there_is", kClause,
     [](C c) { c.leaf().subject = der::name(kCloudHost), c.leaf().drop(oid::kAlternativeNames); }, kNameless,
     Alone::believes},
};

}  // namespace

std::span<const ChainCase> host_names() { return kRows; }

}  // namespace gw::support::chains
