// Policies that an authority demands of what it issues (RFC 5280 4.2.1.4, 4.2.1.11, 6.1.2 to 6.1.5).

#include "support/chains/chain_case.h"
#include "support/der.h"

namespace gw::support::chains {
namespace {

using namespace outcome;
using C = ChainDraft&;

constexpr const char* kClause = "RFC 5280 6.1.5 (g)";
constexpr const char* kPolicy = "1.3.6.1.4.1.32473.1";
constexpr const char* kOther = "1.3.6.1.4.1.32473.2";
constexpr const char* kAny = "2.5.29.32.0";
constexpr const char* kInhibitAny = "2.5.29.54";
constexpr const char* kMappings = "2.5.29.33";

std::string policy(const std::string& oid) { return der::sequence({der::sequence({der::oid(oid)})}); }
std::string require_after(char certificates) {
  return der::sequence({der::tagged(0x80, std::string(1, certificates))});
}
void demand(C c, char after = 0) { c.issuing().set(oid::kPolicyConstraints, require_after(after), true); }

const ChainCase kRows[] = {
    {"a_policy_that_nobody_demands", kClause, [](C c) { c.leaf().set(oid::kPolicies, policy(kPolicy)); },
     kBelieved},
    {"a_critical_policy", "RFC 5280 4.2.1.4",
     [](C c) { c.leaf().set(oid::kPolicies, policy(kPolicy), true); }, kBelieved},
    {"a_demanded_policy_that_is_not_there", kClause, [](C c) { demand(c); }, kUntrusted, Alone::believes},
    {"a_demanded_policy_that_the_authority_does_not_have", kClause,
     [](C c) { demand(c), c.leaf().set(oid::kPolicies, policy(kPolicy)); }, kUntrusted, Alone::believes},
    {"a_demanded_policy_that_the_leaf_does_not_have", kClause,
     [](C c) { demand(c), c.issuing().set(oid::kPolicies, policy(kPolicy)); }, kUntrusted, Alone::believes},
    {"a_demanded_policy_all_the_way", kClause,
     [](C c) {
       demand(c);
       c.issuing().set(oid::kPolicies, policy(kPolicy));
       c.leaf().set(oid::kPolicies, policy(kPolicy));
     },
     kBelieved},
    {"two_policies_that_differ", kClause,
     [](C c) {
       demand(c);
       c.issuing().set(oid::kPolicies, policy(kPolicy));
       c.leaf().set(oid::kPolicies, policy(kOther));
     },
     kUntrusted, Alone::believes},
    {"any_policy_of_the_authority", kClause,
     [](C c) {
       demand(c);
       c.issuing().set(oid::kPolicies, policy(kAny));
       c.leaf().set(oid::kPolicies, policy(kPolicy));
     },
     kBelieved},
    {"any_policy_after_it_was_inhibited", "RFC 5280 4.2.1.14",
     [](C c) {
       demand(c);
       c.issuing().set(kInhibitAny, der::integer(std::string(1, '\0')), true);
       c.issuing().set(oid::kPolicies, policy(kPolicy));
       c.leaf().set(oid::kPolicies, policy(kAny));
     },
     kUntrusted, Alone::believes},
    {"a_demand_that_begins_below_the_leaf", kClause,
     [](C c) { demand(c, 5), c.issuing().set(oid::kPolicies, policy(kPolicy)); }, kBelieved},
    // RFC 5280 would let it pass; nobody makes such authorities, and libcrypto loses memory over them.
    {"a_demand_by_an_authority_without_policies", kClause, [](C c) { demand(c, 5); }, kUntrusted,
     Alone::believes},
    {"a_mapping_of_any_policy", "RFC 5280 6.1.4 (a)",
     [](C c) {
       c.issuing().set(oid::kPolicies, policy(kPolicy));
       const std::string pair = der::sequence({der::oid(kAny), der::oid(kPolicy)});
       c.issuing().set(kMappings, der::sequence({pair}), true);
     },
     kMalformed, Alone::believes},
    {"a_policy_named_twice", "RFC 5280 4.2.1.4",
     [](C c) {
       const std::string one = der::sequence({der::oid(kPolicy)});
       c.leaf().set(oid::kPolicies, der::sequence({one, one}));
     },
     kMalformed, Alone::believes},
};

}  // namespace

std::span<const ChainCase> policies() { return kRows; }

}  // namespace gw::support::chains
