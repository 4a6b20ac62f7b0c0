#include "net/ruleset.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>

#include "unit/net/two_tenants.h"

namespace gw::net {
namespace {

using tests::two_tenants;

std::string golden(const std::string& name) {
  std::ifstream file(GW_SOURCE_DIR "/tests/data/golden/rules/" + name + ".nft");
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(RuleSet, base_rules_are_the_reviewed_ones) { EXPECT_EQ(base_rules(), golden("base")); }
TEST(RuleSet, lan_rules_are_the_reviewed_ones) {
  EXPECT_EQ(rules(plan(two_tenants()), Role::lan), golden("lan"));
}
TEST(RuleSet, wan_rules_are_the_reviewed_ones) {
  EXPECT_EQ(rules(plan(two_tenants()), Role::wan), golden("wan"));
}
TEST(RuleSet, mgmt_rules_are_the_reviewed_ones) {
  EXPECT_EQ(rules(plan(two_tenants()), Role::mgmt), golden("mgmt"));
}

std::vector<RuleSet> all_rule_sets() {
  const Plan made = plan(two_tenants());
  return {base_rule_set(), rule_set(made, Role::lan), rule_set(made, Role::wan), rule_set(made, Role::mgmt)};
}

TEST(RuleSet, every_way_through_the_box_is_closed_unless_opened) {
  for (const RuleSet& rules : all_rule_sets())
    for (const char* hook : {"input", "forward", "output"}) {
      const auto at_hook = [&](const RuleChain& chain) { return chain.hook == hook; };
      const auto chain = std::find_if(rules.chains.begin(), rules.chains.end(), at_hook);
      ASSERT_NE(chain, rules.chains.end()) << hook;
      EXPECT_EQ(chain->policy, Policy::drop) << hook;
      EXPECT_EQ(chain->rules.back(), "counter drop") << hook;
    }
}

TEST(RuleSet, nothing_is_ever_forwarded_translated_or_rejected) {
  for (const RuleSet& rules : all_rule_sets()) {
    for (const char* word : {"nat ", "masquerade", "redirect", "reject", "echo"})
      EXPECT_EQ(to_text(rules).find(word), std::string::npos) << word;
    for (const RuleChain& chain : rules.chains)
      if (chain.hook == "forward") {
        EXPECT_EQ(chain.rules, std::vector<std::string>{"counter drop"});
      }
  }
}

TEST(RuleSet, every_drop_is_counted) {
  for (const RuleSet& rules : all_rule_sets())
    for (const RuleChain& chain : rules.chains)
      for (const std::string& rule : chain.rules)
        EXPECT_EQ(rule.ends_with("drop"), rule.ends_with("counter drop")) << rule;
}

TEST(RuleSet, what_holds_for_one_address_family_holds_for_the_other) {
  for (const RuleSet& rules : all_rule_sets())
    for (const RuleElements& set : rules.sets) {
      if (!set.name.ends_with("4")) continue;
      std::string twin = set.name.substr(0, set.name.size() - 1) + "6";
      const auto has_name = [&](const RuleElements& other) { return other.name == twin; };
      EXPECT_TRUE(std::any_of(rules.sets.begin(), rules.sets.end(), has_name)) << twin;
      const std::string text = to_text(rules);
      const auto uses = [&](const std::string& name) {
        std::size_t count = 0;
        for (auto at = text.find("@" + name); at != std::string::npos; at = text.find("@" + name, at + 1))
          ++count;
        return count;
      };
      EXPECT_EQ(uses(set.name), uses(twin)) << twin;
    }
}

TEST(RuleSet, the_whole_table_changes_in_one_transaction) {
  const std::string text = base_rules();
  EXPECT_TRUE(text.starts_with("flush ruleset\ntable inet sekisho {\n"));
}

}  // namespace
}  // namespace gw::net
