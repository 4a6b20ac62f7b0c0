// Constraints on what is no DNS name: addresses, mail, URIs, subjects (RFC 5280 4.2.1.10).

#include "support/chains/chain_case.h"
#include "support/der.h"

namespace gw::support::chains {
namespace {

using namespace outcome;
using namespace std::string_literals;
using C = ChainDraft&;
using Names = std::vector<std::string>;

constexpr const char* kClause = "RFC 5280 4.2.1.10";

void permit(C c, const std::string& permitted, const Names& names) {
  c.issuing().set(oid::kNameConstraints, name_constraints({permitted}, {}), true);
  c.name_also(names);
}
void exclude(C c, const std::string& excluded, const Names& names) {
  c.issuing().set(oid::kNameConstraints, name_constraints({}, {excluded}), true);
  c.name_also(names);
}

/// A subject of the clinic's with a mail address, as old certificates have it.
std::string subject_with_mail(const std::string& address) {
  const std::string mail = der::sequence({der::oid("1.2.840.113549.1.9.1"), der::tagged(0x16, address)});
  return der::sequence({der::tagged(0x31, mail)});
}
std::string other_name() {
  return der::tagged(0xa0, der::oid(oid::kNobodyKnows) + der::tagged(0xa0, der::octets("x")));
}
std::string registered_id() { return der::tagged(0x88, "\x2a\x03"); }
std::string clinic() { return directory_name(der::name("clinic")); }

const std::string kInside = ip_name("\xc0\xa8\x01\x05"), kOutside = ip_name("\xc0\xa8\x02\x05"),
                  kNet = ip_name("\xc0\xa8\x01\x00\xff\xff\xff\x00"s),
                  kSix = ip_name("\x20\x01\x0d\xb8"s + std::string(11, '\0') + "\x05"),
                  kSixNet = ip_name("\x20\x01\x0d\xb8"s + std::string(12, '\0') + "\xff\xff\xff\xff"s +
                                    std::string(12, '\0'));

const ChainCase kRows[] = {
    {"an_address_in_a_permitted_range", kClause, [](C c) { permit(c, kNet, {kInside}); }, kBelieved},
    {"an_address_outside_a_permitted_range", kClause, [](C c) { permit(c, kNet, {kOutside}); }, kConstraint},
    {"an_address_in_an_excluded_range", kClause, [](C c) { exclude(c, kNet, {kInside}); }, kConstraint},
    {"an_address_outside_an_excluded_range", kClause, [](C c) { exclude(c, kNet, {kOutside}); }, kBelieved},
    {"an_ipv6_address_in_a_permitted_range", kClause, [](C c) { permit(c, kSixNet, {kSix}); }, kBelieved},
    {"an_ipv6_address_in_an_excluded_range", kClause, [](C c) { exclude(c, kSixNet, {kSix}); }, kConstraint},
    {"an_ipv4_address_where_ipv6_is_permitted", kClause, [](C c) { permit(c, kSixNet, {kInside}); },
     kConstraint},
    {"every_ipv4_address_excluded", kClause,
     [](C c) { exclude(c, ip_name(std::string(8, '\0')), {kInside}); }, kConstraint},
    {"a_range_whose_mask_has_holes", kClause,
     [](C c) { permit(c, ip_name("\xc0\xa8\x01\x05\xff\x00\xff\xff"s), {kInside}); }, kMalformed,
     Alone::believes},
    {"an_excluded_range_whose_mask_has_holes", kClause,
     [](C c) { exclude(c, ip_name("\x0a\x00\x00\x00\x00\xff\x00\x00"s), {kInside}); }, kMalformed,
     Alone::believes},
    {"a_range_of_five_octets", kClause, [](C c) { exclude(c, ip_name("\xc0\xa8\x01\x00\xff"s), {}); },
     kMalformed, Alone::believes},
    {"a_range_without_a_mask", kClause, [](C c) { permit(c, ip_name("\xc0\xa8\x01\x05"), {kInside}); },
     kConstraint},
    {"mail_at_a_permitted_host", kClause,
     [](C c) { permit(c, email_name("clinic.example"), {email_name("t1@clinic.example")}); }, kBelieved},
    {"mail_below_a_permitted_host", kClause,
     [](C c) { permit(c, email_name("clinic.example"), {email_name("t1@mail.clinic.example")}); },
     kConstraint},
    {"mail_below_a_permitted_domain", kClause,
     [](C c) { permit(c, email_name(".clinic.example"), {email_name("t1@mail.clinic.example")}); },
     kBelieved},
    {"one_permitted_mailbox", kClause,
     [](C c) { permit(c, email_name("t1@clinic.example"), {email_name("t1@clinic.example")}); }, kBelieved},
    {"another_mailbox_than_the_permitted_one", kClause,
     [](C c) { permit(c, email_name("t1@clinic.example"), {email_name("t2@clinic.example")}); }, kConstraint},
    {"mail_at_an_excluded_host", kClause,
     [](C c) { exclude(c, email_name("clinic.example"), {email_name("t1@clinic.example")}); }, kConstraint},
    {"mail_in_the_subject_at_an_excluded_host", kClause,
     [](C c) {
       exclude(c, email_name("clinic.example"), {});
       c.leaf().subject = subject_with_mail("t1@clinic.example");
     },
     kConstraint},
    {"a_uri_at_a_permitted_host", kClause,
     [](C c) {
       permit(c, uri_name("t1.clinic.example"), {});
       c.leaf().set_names({uri_name("https://t1.clinic.example/a"), dns_name(kCloudHost)});
     },
     kBelieved},
    {"a_uri_below_a_permitted_domain", kClause,
     [](C c) {
       permit(c, uri_name(".clinic.example"), {});
       c.leaf().set_names({uri_name("https://t1.clinic.example:8443/a"), dns_name(kCloudHost)});
     },
     kBelieved},
    {"a_uri_at_another_host", kClause,
     [](C c) {
       permit(c, uri_name(".clinic.example"), {});
       c.leaf().set_names({uri_name("https://t1.other.example/"), dns_name(kCloudHost)});
     },
     kConstraint},
    {"a_uri_at_an_excluded_host", kClause,
     [](C c) { exclude(c, uri_name("t1.clinic.example"), {uri_name("https://t1.clinic.example/")}); },
     kConstraint},
    // "If a URI has no host name, the application MUST reject the certificate."
    {"a_uri_without_a_host_where_hosts_are_constrained", kClause,
     [](C c) { permit(c, uri_name(".clinic.example"), {uri_name("urn:sekisho:clinic:t2")}); }, kConstraint},
    {"a_uri_without_a_host_where_hosts_are_excluded", kClause,
     [](C c) { exclude(c, uri_name(".clinic.example"), {uri_name("urn:sekisho:clinic:t2")}); }, kConstraint},
    {"a_subject_below_a_permitted_one", kClause,
     [](C c) { permit(c, clinic(), {}), c.leaf().subject = der::name("clinic"); }, kBelieved},
    {"a_subject_that_is_not_permitted", kClause, [](C c) { permit(c, clinic(), {}); }, kConstraint},
    {"a_subject_that_is_excluded", kClause,
     [](C c) { exclude(c, clinic(), {}), c.leaf().subject = der::name("clinic"); }, kConstraint},
    {"a_directory_name_that_is_excluded", kClause, [](C c) { exclude(c, clinic(), {clinic()}); },
     kConstraint},
    {"constraints_on_a_kind_that_nobody_compares", kClause,
     [](C c) { exclude(c, registered_id(), {registered_id()}); }, kConstraint},
    {"constraints_on_a_kind_that_does_not_appear", kClause, [](C c) { exclude(c, registered_id(), {}); },
     kBelieved},
    {"constraints_on_another_kind_of_name", kClause, [](C c) { permit(c, other_name(), {other_name()}); },
     kConstraint},
};

}  // namespace

std::span<const ChainCase> address_constraints() { return kRows; }

}  // namespace gw::support::chains
