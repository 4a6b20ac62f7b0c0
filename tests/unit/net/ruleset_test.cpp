#include "net/ruleset.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>

#include "net/refusal.h"
#include "unit/net/two_tenants.h"

namespace gw::net {
namespace {

using tests::two_tenants;

/// Two tenants, and a segment that asks the box for names and the time.
Plan served() {
  model::Configuration configuration = two_tenants();
  configuration.network.lan[0].serve = {true, true};
  return plan(configuration);
}

std::string golden(const std::string& name) {
  std::ifstream file(GW_SOURCE_DIR "/tests/data/golden/rules/" + name + ".nft");
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(RuleSet, base_rules_are_the_reviewed_ones) { EXPECT_EQ(base_rules(), golden("base")); }
TEST(RuleSet, lan_rules_are_the_reviewed_ones) { EXPECT_EQ(rules(served(), Role::lan), golden("lan")); }
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
      EXPECT_TRUE(chain->rules.back().starts_with("counter goto refused_")) << hook;
    }
}

TEST(RuleSet, nothing_is_ever_forwarded_translated_or_rejected) {
  for (const RuleSet& rules : all_rule_sets()) {
    for (const char* word : {"nat ", "masquerade", "redirect", "reject", "echo"})
      EXPECT_EQ(to_text(rules).find(word), std::string::npos) << word;
    for (const RuleChain& chain : rules.chains)
      if (chain.hook == "forward") {
        ASSERT_EQ(chain.rules.size(), 1u);
        EXPECT_TRUE(chain.rules[0].starts_with("counter goto refused_"));
      }
  }
}

TEST(RuleSet, every_drop_is_counted_and_has_a_reason_of_the_list) {
  for (const RuleSet& rules : all_rule_sets())
    for (const RuleChain& chain : rules.chains) {
      const bool refuses = chain.name.starts_with("refused_");
      EXPECT_EQ(refuses, chain.hook.empty());
      for (const std::string& rule : chain.rules) {
        EXPECT_EQ(rule.ends_with("drop"), refuses && rule == "counter drop") << rule;
        EXPECT_EQ(rule.find(" goto ") != std::string::npos || rule.starts_with("counter goto "),
                  rule.find("counter goto refused_") != std::string::npos)
            << rule;
      }
      if (!refuses) continue;
      const auto is_it = [&](const Refusal& refusal) { return chain.name.substr(8) == refusal.reason; };
      EXPECT_TRUE(std::any_of(std::begin(kRefusals), std::end(kRefusals), is_it)) << chain.name;
    }
}

TEST(RuleSet, every_reason_is_given_somewhere_and_means_something) {
  for (const Refusal& refusal : kRefusals) {
    std::size_t given = 0;
    for (const RuleSet& rules : all_rule_sets())
      for (const RuleChain& chain : rules.chains)
        given += chain.name == std::string("refused_") + refusal.reason;
    EXPECT_GT(given, 0u) << refusal.reason;
    EXPECT_GT(std::string(refusal.meaning).size(), 10u) << refusal.reason;
    EXPECT_LT(std::string(refusal.reason).size(), 32u) << refusal.reason;
  }
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
