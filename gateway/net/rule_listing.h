#pragma once

#include <string>
#include <string_view>

#include "net/repairs.h"
#include "net/rule_text.h"

namespace gw::net {

/// What the kernel holds in a namespace, in nft's words with all numbers as numbers and without counters.
struct RuleListing {
  std::string skeleton{};  ///< of everything, without what sets contain
  std::string contents{};  ///< of each set that the plan fills
};

/// Names whatever differs: a table, chain or set more or less, a chain at another hook, with another policy
/// or another number of rules, a set of another shape or with other elements. Rules are counted, not
/// compared: their spelling changes with the version of nft.
void compare(const RuleSet& wanted, const RuleListing& listing, Repairs& repairs);

/// Names the first line in which a skeleton differs from the one that was listed right after loading.
void compare(std::string_view reference, std::string_view skeleton, Repairs& repairs);

}  // namespace gw::net
