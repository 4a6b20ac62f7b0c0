// Which DNS names an authority may give, wildcards too, and how constraints are written (RFC 5280 4.2.1.10).

#include "support/chains/chain_case.h"
#include "support/der.h"

namespace gw::support::chains {
namespace {

using namespace outcome;
using C = ChainDraft&;
using Names = std::vector<std::string>;

constexpr const char* kClause = "RFC 5280 4.2.1.10";
constexpr const char* kSyntax = "RFC 5280 4.2.1.10, GeneralSubtree";

/// The issuing authority may give names below the service's domain and these alone, or any but these.
void permit(C c, Names names) {
  names.push_back(dns_name("cloud.example"));
  c.issuing().set(oid::kNameConstraints, name_constraints(names, {}), true);
}
void exclude(C c, const Names& names) {
  c.issuing().set(oid::kNameConstraints, name_constraints({}, names), true);
}
void raw(C c, const std::string& value) { c.issuing().set(oid::kNameConstraints, value, true); }

std::string subtree(const std::string& name, const std::string& bounds) {
  return der::sequence({name, bounds});
}

void permit_clinic(C c, std::string_view name) {
  permit(c, {dns_name("clinic.example")});
  c.name_also({dns_name(name)});
}
void exclude_clinic(C c, std::string_view name) {
  exclude(c, {dns_name("clinic.example")});
  c.name_also({dns_name(name)});
}

const ChainCase kRows[] = {
    {"a_name_below_a_permitted_one", kClause, [](C c) { permit_clinic(c, "t1.clinic.example"); }, kBelieved},
    {"a_name_far_below_a_permitted_one", kClause, [](C c) { permit_clinic(c, "a.b.c.clinic.example"); },
     kBelieved},
    {"the_permitted_name_itself", kClause, [](C c) { permit_clinic(c, "clinic.example"); }, kBelieved},
    {"a_permitted_name_in_capitals", kClause, [](C c) { permit_clinic(c, "T1.CLINIC.EXAMPLE"); }, kBelieved},
    {"a_name_that_no_subtree_permits", kClause, [](C c) { permit_clinic(c, "t1.other.example"); },
     kConstraint},
    {"a_name_that_ends_like_a_permitted_one", kClause, [](C c) { permit_clinic(c, "t1.myclinic.example"); },
     kConstraint},
    {"a_name_above_a_permitted_one", kClause, [](C c) { permit_clinic(c, "example"); }, kConstraint},
    {"a_wildcard_below_a_permitted_name", kClause, [](C c) { permit_clinic(c, "*.clinic.example"); },
     kBelieved},
    {"a_wildcard_above_a_permitted_name", kClause, [](C c) { permit_clinic(c, "*.example"); }, kConstraint},
    {"a_name_below_an_excluded_one", kClause, [](C c) { exclude_clinic(c, "t1.clinic.example"); },
     kConstraint},
    {"the_excluded_name_itself", kClause, [](C c) { exclude_clinic(c, "clinic.example"); }, kConstraint},
    {"an_excluded_name_in_capitals", kClause, [](C c) { exclude_clinic(c, "T1.Clinic.Example"); },
     kConstraint},
    {"a_name_that_ends_like_an_excluded_one", kClause, [](C c) { exclude_clinic(c, "t1.myclinic.example"); },
     kBelieved},
    {"a_wildcard_below_an_excluded_name", kClause, [](C c) { exclude_clinic(c, "*.clinic.example"); },
     kConstraint},
    // RFC 5280 knows no wildcards; one that covers an excluded name is refused.
    {"a_wildcard_that_covers_an_excluded_name", kClause, [](C c) { exclude_clinic(c, "*.example"); },
     kConstraint, Alone::believes},
    {"a_wildcard_beside_an_excluded_name", kClause, [](C c) { exclude_clinic(c, "*.labs.example"); },
     kBelieved},
    {"a_wildcard_two_labels_above_an_excluded_name", kClause,
     [](C c) { exclude(c, {dns_name("t1.clinic.example")}), c.name_also({dns_name("*.example")}); },
     kBelieved},
    {"an_anchor_s_wildcard_that_covers_an_excluded_name", kClause,
     [](C c) {
       c.root().set(oid::kNameConstraints, name_constraints({}, {dns_name("clinic.example")}), true);
       c.name_also({dns_name("*.example")});
     },
     kConstraint, Alone::believes},
    {"an_exclusion_inside_a_permission", kClause,
     [](C c) {
       raw(c, name_constraints({dns_name("example")}, {dns_name("clinic.example")}));
       c.name_also({dns_name("t1.clinic.example")});
     },
     kConstraint},
    {"every_name_permitted", kClause,
     [](C c) { permit(c, {dns_name("")}), c.name_also({dns_name("t1.other.example")}); }, kBelieved},
    {"every_name_excluded", kClause,
     [](C c) { exclude(c, {dns_name("")}), c.name_also({dns_name("t1.other.example")}); }, kConstraint},
    // Not RFC 5280's form of a DNS constraint, but many authorities write it and all read it alike.
    {"a_permission_with_a_leading_dot", kClause,
     [](C c) { permit(c, {dns_name(".clinic.example")}), c.name_also({dns_name("t1.clinic.example")}); },
     kBelieved},
    {"an_exclusion_with_a_leading_dot", kClause,
     [](C c) { exclude(c, {dns_name(".clinic.example")}), c.name_also({dns_name("t1.clinic.example")}); },
     kConstraint},
    {"a_wildcard_that_covers_an_exclusion_with_a_leading_dot", kClause,
     [](C c) { exclude(c, {dns_name(".clinic.example")}), c.name_also({dns_name("*.clinic.example")}); },
     kConstraint},
    {"another_kind_of_name_is_not_constrained", kClause,
     [](C c) { permit(c, {}), c.name_also({ip_name("\xc0\xa8\x01\x01")}); }, kBelieved},
    {"constraints_of_an_authority_further_up", kClause,
     [](C c) { exclude_clinic(c, "t1.clinic.example"), c.deepen("lower"); }, kConstraint},
    {"constraints_of_the_anchor", kClause,
     [](C c) {
       c.root().set(oid::kNameConstraints, name_constraints({}, {dns_name("clinic.example")}), true);
       c.name_also({dns_name("t1.clinic.example")});
     },
     kConstraint},
    {"a_permission_that_a_lower_authority_widens", kClause,
     [](C c) {
       permit_clinic(c, "t1.other.example");
       c.deepen("lower").set(oid::kNameConstraints,
                             name_constraints({dns_name("other.example"), dns_name("cloud.example")}, {}),
                             true);
     },
     kConstraint},
    // 4.2.1.10 wants them critical; they count all the same when they are not.
    {"constraints_that_may_be_overlooked", kClause,
     [](C c) {
       exclude_clinic(c, "t1.clinic.example");
       c.issuing().extension(oid::kNameConstraints).critical.clear();
     },
     kConstraint},
    {"constraints_of_a_leaf", kClause,
     [](C c) { c.leaf().set(oid::kNameConstraints, name_constraints({dns_name("example")}, {}), true); },
     kMalformed, Alone::believes},
    {"constraints_of_nothing", kSyntax, [](C c) { raw(c, der::sequence({})); }, kMalformed, Alone::believes},
    {"an_empty_list_of_permissions", kSyntax, [](C c) { raw(c, der::sequence({der::tagged(0xa0, "")})); },
     kMalformed, Alone::believes},
    {"an_empty_list_of_exclusions", kSyntax, [](C c) { raw(c, der::sequence({der::tagged(0xa1, "")})); },
     kMalformed, Alone::believes},
    {"a_subtree_that_begins_below_its_base", kSyntax,
     [](C c) {
       raw(c, der::sequence({der::tagged(0xa1, subtree(dns_name("x.example"), der::tagged(0x80, "\x01")))}));
       c.name_also({dns_name("t1.clinic.example")});
     },
     kConstraint},
    {"a_subtree_that_ends_somewhere", kSyntax,
     [](C c) {
       raw(c, der::sequence({der::tagged(0xa1, subtree(dns_name("x.example"), der::tagged(0x81, "\x05")))}));
       c.name_also({dns_name("t1.clinic.example")});
     },
     kConstraint},
    {"a_nameless_leaf_below_constraints", kClause,
     [](C c) { permit(c, {}), c.leaf().drop(oid::kAlternativeNames); }, kNameless, Alone::believes},
};

}  // namespace

std::span<const ChainCase> constraints() { return kRows; }

}  // namespace gw::support::chains
