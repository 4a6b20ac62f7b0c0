// How a subject alternative name may look (RFC 5280 4.2.1.6). The leaf has its proper name besides.

#include "support/chains/chain_case.h"
#include "support/der.h"

namespace gw::support::chains {
namespace {

using namespace outcome;
using namespace std::string_literals;
using C = ChainDraft&;

constexpr const char* kDns = "RFC 5280 4.2.1.6, dNSName";
constexpr const char* kUri = "RFC 5280 4.2.1.6, URI";
constexpr const char* kMail = "RFC 5280 4.2.1.6, rfc822Name";
constexpr const char* kAddress = "RFC 5280 4.2.1.6, iPAddress";
constexpr const char* kNames = "RFC 5280 4.2.1.6";

void also_dns(C c, std::string_view text) { c.name_also({dns_name(text)}); }
void also_uri(C c, std::string_view text) { c.name_also({uri_name(text)}); }
void also_mail(C c, std::string_view text) { c.name_also({email_name(text)}); }

std::string of_labels(int count) {
  std::string name;
  for (int i = 0; i < count; ++i) name += std::string(9, 'a') + ".";
  return name + "example";
}

const ChainCase kRows[] = {
    {"one_more_dns_name", kDns, [](C c) { also_dns(c, "t1.clinic.example"); }, kBelieved},
    {"a_dns_name_of_one_label", kDns, [](C c) { also_dns(c, "terminal-1"); }, kBelieved},
    {"an_empty_dns_name", kDns, [](C c) { also_dns(c, ""); }, kMalformed, Alone::believes},
    {"a_blank_for_a_dns_name", kDns, [](C c) { also_dns(c, " "); }, kMalformed, Alone::believes},
    {"a_dns_name_with_a_dot_behind", kDns, [](C c) { also_dns(c, "t1.clinic.example."); }, kMalformed,
     Alone::believes},
    {"a_dns_name_with_a_dot_before", kDns, [](C c) { also_dns(c, ".clinic.example"); }, kMalformed,
     Alone::believes},
    {"a_dns_name_with_an_empty_label", kDns, [](C c) { also_dns(c, "t1..example"); }, kMalformed,
     Alone::believes},
    {"a_label_of_63_octets", kDns, [](C c) { also_dns(c, std::string(63, 'a') + ".example"); }, kBelieved},
    {"a_label_of_64_octets", kDns, [](C c) { also_dns(c, std::string(64, 'a') + ".example"); }, kMalformed,
     Alone::believes},
    {"a_dns_name_of_247_octets", kDns, [](C c) { also_dns(c, of_labels(24)); }, kBelieved},
    {"a_dns_name_of_257_octets", kDns, [](C c) { also_dns(c, of_labels(25)); }, kMalformed, Alone::believes},
    {"a_label_that_begins_with_a_hyphen", "RFC 1034 3.5", [](C c) { also_dns(c, "-t1.example"); }, kMalformed,
     Alone::believes},
    {"a_label_that_ends_with_a_hyphen", "RFC 1034 3.5", [](C c) { also_dns(c, "t1-.example"); }, kMalformed,
     Alone::believes},
    {"a_label_with_an_underscore", "RFC 1034 3.5", [](C c) { also_dns(c, "t_1.example"); }, kMalformed,
     Alone::believes},
    {"a_label_that_begins_with_a_digit", "RFC 1123 2.1", [](C c) { also_dns(c, "1.clinic.example"); },
     kBelieved},
    {"an_address_for_a_dns_name", "RFC 1123 2.1", [](C c) { also_dns(c, "192.168.1.5"); }, kMalformed,
     Alone::believes},
    {"an_end_hidden_in_a_dns_name", kDns, [](C c) { also_dns(c, "t1.example\0.evil.example"s); }, kMalformed,
     Alone::believes},
    {"an_end_hidden_at_the_end_of_a_dns_name", kDns, [](C c) { also_dns(c, "t1.example\0"s); }, kMalformed,
     Alone::believes},
    {"a_line_end_in_a_dns_name", kDns, [](C c) { also_dns(c, "t1.example\n"); }, kMalformed, Alone::believes},
    {"an_international_name_as_it_is_written", "RFC 5280 7.2",
     [](C c) { also_dns(c, "\xe9\x96\xa2\xe6\x89\x80.example"); }, kMalformed, Alone::believes},
    {"an_international_name_as_it_is_asked_for", "RFC 5280 7.2",
     [](C c) { also_dns(c, "xn--p8jq3f.example"); }, kBelieved},
    {"a_wildcard_for_one_label", "RFC 9525 6.3", [](C c) { also_dns(c, "*.clinic.example"); }, kBelieved},
    {"nothing_but_a_wildcard", "RFC 9525 6.3", [](C c) { also_dns(c, "*"); }, kMalformed, Alone::believes},
    {"a_wildcard_for_part_of_a_label", "RFC 9525 6.3", [](C c) { also_dns(c, "t*.clinic.example"); },
     kMalformed, Alone::believes},
    {"a_wildcard_inside_a_name", "RFC 9525 6.3", [](C c) { also_dns(c, "t1.*.example"); }, kMalformed,
     Alone::believes},
    {"two_wildcards", "RFC 9525 6.3", [](C c) { also_dns(c, "*.*.example"); }, kMalformed, Alone::believes},
    {"a_wildcard_at_the_end", "RFC 9525 6.3", [](C c) { also_dns(c, "clinic.*"); }, kMalformed,
     Alone::believes},
    {"an_ipv4_address", kAddress, [](C c) { c.name_also({ip_name("\xc0\xa8\x01\x05")}); }, kBelieved},
    {"an_ipv6_address", kAddress, [](C c) { c.name_also({ip_name(std::string(16, '\x20'))}); }, kBelieved},
    {"an_address_of_five_octets", kAddress, [](C c) { c.name_also({ip_name("\xc0\xa8\x01\x05\x01")}); },
     kMalformed, Alone::believes},
    {"an_address_of_no_octets", kAddress, [](C c) { c.name_also({ip_name("")}); }, kMalformed,
     Alone::believes},
    {"an_address_with_its_mask", kAddress,
     [](C c) { c.name_also({ip_name("\xc0\xa8\x01\x05\xff\xff\xff\xff")}); }, kMalformed, Alone::believes},
    {"a_uri_of_a_workload", kUri, [](C c) { also_uri(c, "spiffe://clinic/terminal/1"); }, kBelieved},
    {"a_uri_without_a_scheme", kUri, [](C c) { also_uri(c, "//clinic.example/t1"); }, kMalformed,
     Alone::believes},
    {"a_relative_uri", kUri, [](C c) { also_uri(c, "terminals/1"); }, kMalformed, Alone::believes},
    {"a_scheme_and_nothing_else", kUri, [](C c) { also_uri(c, "urn:"); }, kMalformed, Alone::believes},
    {"a_scheme_that_begins_with_a_digit", kUri, [](C c) { also_uri(c, "1urn:x"); }, kMalformed,
     Alone::believes},
    {"an_empty_uri", kUri, [](C c) { also_uri(c, ""); }, kMalformed, Alone::believes},
    {"a_uri_with_a_blank", kUri, [](C c) { also_uri(c, "urn:a b"); }, kMalformed, Alone::believes},
    {"a_uri_with_a_hidden_end", kUri, [](C c) { also_uri(c, "urn:a\0b"s); }, kMalformed, Alone::believes},
    {"an_international_uri_as_it_is_written", "RFC 5280 7.4", [](C c) { also_uri(c, "urn:\xc3\xa9"); },
     kMalformed, Alone::believes},
    {"a_mailbox", kMail, [](C c) { also_mail(c, "t1@clinic.example"); }, kBelieved},
    {"a_mailbox_without_a_host", kMail, [](C c) { also_mail(c, "t1"); }, kMalformed, Alone::believes},
    {"a_mailbox_of_a_host_alone", kMail, [](C c) { also_mail(c, "@clinic.example"); }, kMalformed,
     Alone::believes},
    {"a_mailbox_of_nobody_s_host", kMail, [](C c) { also_mail(c, "t1@"); }, kMalformed, Alone::believes},
    {"a_mailbox_of_two_hosts", kMail, [](C c) { also_mail(c, "t1@clinic.example@evil.example"); }, kMalformed,
     Alone::believes},
    {"a_mailbox_in_angle_brackets", kMail, [](C c) { also_mail(c, "<t1@clinic.example>"); }, kMalformed,
     Alone::believes},
    {"a_mailbox_with_a_hidden_end", kMail, [](C c) { also_mail(c, "t1@a.example\0.b"s); }, kMalformed,
     Alone::believes},
    {"a_name_in_a_directory", kNames, [](C c) { c.name_also({directory_name(der::name("t1"))}); }, kBelieved},
    {"a_registered_number", kNames, [](C c) { c.name_also({der::tagged(0x88, "\x2a\x03")}); }, kBelieved},
    {"an_empty_list_of_names",
     kNames,
     [](C c) { c.leaf().set_names({}); },
     {R::certificate_malformed, R::upstream_certificate_malformed},
     Alone::refuses_flag},
    {"no_list_of_names", kNames, [](C c) { c.leaf().drop(oid::kAlternativeNames); }, kNameless,
     Alone::believes},
    {"a_critical_list_of_names", kNames, [](C c) { c.leaf().set_names({c.own_name()}, true); }, kBelieved},
    {"an_empty_subject_with_critical_names", "RFC 5280 4.1.2.6",
     [](C c) { c.leaf().subject = der::name(""), c.leaf().set_names({c.own_name()}, true); }, kBelieved},
    {"an_empty_subject_whose_names_may_be_overlooked", "RFC 5280 4.1.2.6",
     [](C c) { c.leaf().subject = der::name(""); }, kMalformed, Alone::refuses_flag},
    {"an_empty_subject_without_names",
     "RFC 5280 4.1.2.6",
     [](C c) { c.leaf().subject = der::name(""), c.leaf().drop(oid::kAlternativeNames); },
     {R::certificate_malformed, R::upstream_certificate_malformed},
     Alone::refuses_flag},
    {"two_hundred_and_fifty_six_names", "box: most names",
     [](C c) { c.name_also(std::vector<std::string>(255, dns_name("t.example"))); }, kBelieved},
    {"two_hundred_and_fifty_seven_names", "box: most names",
     [](C c) { c.name_also(std::vector<std::string>(256, dns_name("t.example"))); }, kMalformed,
     Alone::believes},
};

}  // namespace

std::span<const ChainCase> names() { return kRows; }

}  // namespace gw::support::chains
