#include <gtest/gtest.h>

#include "sample.h"

namespace gw::config {
namespace {

std::string with_rules(const std::string& rules) {
  Sample sample;
  sample.terminals = "      - {name: t1}\n      - {name: t2, blocked: on}\n";
  sample.rules = rules;
  return places(sample.compiled());
}

TEST(Rules, all_means_every_terminal_of_the_tenant) {
  Sample sample;
  sample.terminals = "      - {name: t1}\n      - {name: t2}\n";
  sample.rules = "      - {name: r, terminals: all, service: s}\n";
  const auto compiled = sample.compiled();
  ASSERT_TRUE(compiled.configuration) << places(compiled);
  EXPECT_EQ(compiled.configuration->tenants[0].rules[0].terminals.size(), 2u);
}

TEST(Rules, two_rules_for_one_terminal_and_service_are_refused_once) {
  EXPECT_EQ(with_rules("      - {name: r, terminals: all, service: s}\n"
                       "      - {name: q, terminals: [t2, t1], service: s}\n"),
            "27:31 config.rule.ambiguous\n");
}

TEST(Rules, a_terminal_stands_once_in_a_rule) {
  EXPECT_EQ(with_rules("      - {name: r, terminals: [t1, t1], service: s}\n"),
            "26:35 config.name.repeated\n");
}

TEST(Rules, unknown_names_are_refused_where_they_stand) {
  EXPECT_EQ(with_rules("      - {name: r, terminals: [t1, t9], service: z}\n"),
            "26:35 config.name.unresolved\n26:49 config.name.unresolved\n");
}

TEST(Rules, a_rule_that_has_ended_is_a_warning) {
  EXPECT_EQ(with_rules("      - {name: r, terminals: [t1], service: s, until: 2026-10-31}\n"),
            "26:55 config.exception.expired warning\n");
  EXPECT_EQ(with_rules("      - {name: r, terminals: [t1], service: s, until: 2026-11-01}\n"), "");
}

TEST(Rules, what_no_rule_names_is_a_warning) {
  EXPECT_EQ(with_rules("      []\n"), "12:16 config.name.unused warning\n15:15 config.name.unused warning\n");
}

TEST(Rules, thousands_of_rules_for_all_terminals_are_refused_quickly) {
  Sample sample;
  sample.terminals = sample.rules = "";
  for (int i = 0; i < 4'000; ++i) sample.terminals += "      - {name: t" + std::to_string(i) + "}\n";
  for (int i = 0; i < 4'000; ++i)
    sample.rules += "      - {name: r" + std::to_string(i) + ", terminals: all, service: s}\n";
  const auto compiled = sample.compiled();
  EXPECT_EQ(compiled.errors, 3'999u);
  EXPECT_EQ(compiled.problems.size(), Problems::kMost + 1);
}

}  // namespace
}  // namespace gw::config
