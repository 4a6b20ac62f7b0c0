#include "config/load.h"

#include <gtest/gtest.h>

#include "sample.h"

namespace gw::config {
namespace {

std::string text_of_first(const Compiled& compiled) {
  return compiled.problems.empty() ? "" : compiled.problems.front().text;
}

TEST(Load, the_sample_is_usable) {
  EXPECT_EQ(places(Sample().compiled()), "");
  EXPECT_TRUE(Sample().compiled().configuration);
}

TEST(Load, the_version_comes_first) {
  EXPECT_EQ(places(compile_sample("")), "1:1 config.version\n");
  EXPECT_EQ(places(compile_sample("version: 2\nanything: goes\n")), "1:1 config.version\n");
  EXPECT_EQ(places(compile_sample("version:\n")), "1:1 config.version\n");
  std::string moved = Sample().text().substr(std::string_view("version: 1\n").size()) + "version: 1\n";
  const Compiled compiled = compile_sample(moved);
  ASSERT_EQ(compiled.problems.size(), 1u);
  EXPECT_EQ(compiled.problems[0].code, ErrorCode::config_version);
}

TEST(Load, an_unknown_key_is_refused_with_the_one_that_was_meant) {
  Sample sample;
  sample.upstream_extra = "          adresses: [203.0.113.1]\n";
  EXPECT_EQ(sample.codes(), "config.key.unknown ");
  EXPECT_EQ(text_of_first(sample.compiled()), "`adresses` is no key here; did you mean `addresses`?");
}

TEST(Load, a_missing_key_says_what_it_would_say) {
  const Compiled compiled = compile_sample("version: 1\nsite: x\n");
  EXPECT_EQ(places(compiled), "1:1 config.key.missing\n1:1 config.key.missing\n");
  EXPECT_EQ(text_of_first(compiled), "`network` is missing: the box's interfaces and addresses");
}

TEST(Load, a_key_without_a_value_is_refused_at_the_key) {
  Sample sample;
  sample.upstream_extra = "          resume:\n          pins: []\n";
  EXPECT_EQ(sample.codes(), "config.value.type ");
  EXPECT_EQ(sample.compiled().problems[0].at.column, 11u);
}

TEST(Load, a_group_in_the_place_of_a_value_is_refused) {
  Sample sample;
  sample.upstream_extra =
      "          resume: {on: on}\n          addresses: 203.0.113.1\n          profile: [HIGH-13]\n";
  EXPECT_EQ(sample.codes(), "config.value.type config.value.type config.value.type ");
}

TEST(Load, all_problems_are_named_in_one_pass_and_in_order) {
  Sample sample;
  sample.terminals = "      - {name: T1}\n";
  sample.downstream = "{certificate: c.pem}";
  sample.listeners = "      - {name: l, address: 10.9.9.9, port: 70000, services: [s]}\n";
  sample.rules = "      - {name: r, terminals: some, service: q}\n";
  EXPECT_EQ(sample.codes(),
            "config.value.format config.key.missing config.address.foreign config.value.range "
            "config.value.type config.name.unresolved ");
}

TEST(Load, what_was_refused_once_is_not_complained_about_again) {
  Sample sample;
  sample.network =
      "  lan: nonsense\n  wan: {interface: wan0, addresses: [198.51.100.2/24]}\n  resolvers: 53\n";
  EXPECT_EQ(sample.codes(), "config.value.type config.value.type ");
  Sample nameless;
  nameless.terminals = "      - {name: Bad}\n";
  EXPECT_EQ(nameless.codes(), "config.value.format ");
}

TEST(Load, a_list_has_its_bounds) {
  Sample sample;
  sample.listeners = "      []\n";
  EXPECT_EQ(sample.codes(), "config.value.range ");
}

TEST(Load, a_file_that_is_no_group_of_keys_is_refused) {
  EXPECT_EQ(places(compile_sample("- a\n")), "1:1 config.value.type\n");
  EXPECT_EQ(places(compile_sample("hello\n")), "1:1 config.value.type\n");
}

TEST(Load, a_message_names_file_line_column_code_and_what_to_do) {
  const Compiled compiled = compile_sample("version: 3\n");
  EXPECT_EQ(to_text(compiled.problems, "box.yaml"),
            "box.yaml:1:1: config.version: this box reads version 1; write `version: 1`\n");
}

}  // namespace
}  // namespace gw::config
