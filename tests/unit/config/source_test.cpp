#include "config/source.h"

#include <gtest/gtest.h>

namespace gw::config {
namespace {

struct Read {
  std::optional<Node> tree;
  std::vector<Problem> problems;
};

Read read(std::string_view text) {
  Problems problems;
  Read outcome;
  outcome.tree = read_source(text, problems);
  outcome.problems = problems.take();
  return outcome;
}

std::string only(const Read& outcome) {
  if (outcome.problems.size() != 1) return "problems: " + std::to_string(outcome.problems.size());
  const Problem& problem = outcome.problems.front();
  return std::to_string(problem.at.line) + ":" + std::to_string(problem.at.column) + " " +
         std::string(to_string(problem.code));
}

TEST(Source, every_node_knows_where_it_stood) {
  const Read outcome = read("# one\na: x\nb:\n  - {c: [y]}\n");
  ASSERT_TRUE(outcome.tree);
  const auto& entries = outcome.tree->entries;
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_EQ(entries[0].at, (Position{2, 1}));
  EXPECT_EQ(entries[0].value.at, (Position{2, 4}));
  const Node& inner = entries[1].value.items.at(0).entries.at(0).value;
  EXPECT_EQ(inner.kind, Node::Kind::list);
  EXPECT_EQ(inner.items.at(0).at, (Position{4, 10}));
}

TEST(Source, columns_count_characters_not_bytes) {
  EXPECT_EQ(only(read("a: [関所, &x y]\n")), "1:9 config.alias");
}
TEST(Source, an_alias_is_refused) { EXPECT_EQ(read("a: &x 1\nb: *x\n").problems.size(), 2u); }
TEST(Source, a_merge_key_has_no_power) {
  const Read outcome = read("<<: {a: 1}\n");
  ASSERT_TRUE(outcome.tree);
  EXPECT_EQ(outcome.tree->entries.at(0).key, "<<");
}
TEST(Source, a_named_tag_is_refused) { EXPECT_EQ(only(read("a: !!int 1\n")), "1:4 config.alias"); }
TEST(Source, a_bare_tag_is_refused) { EXPECT_EQ(only(read("a: ! x\n")), "1:4 config.alias"); }
TEST(Source, an_exclamation_mark_in_quotes_is_no_tag) { EXPECT_TRUE(read("a: '!x'\n").problems.empty()); }
TEST(Source, a_repeated_key_is_refused_where_it_stands_again) {
  EXPECT_EQ(only(read("a: 1\nb: 2\na: 3\n")), "3:1 config.key.repeated");
}
TEST(Source, a_second_document_is_refused) {
  EXPECT_EQ(only(read("a: 1\n---\nb: 2\n")), "2:1 config.syntax");
}
TEST(Source, a_list_as_a_key_is_refused) { EXPECT_EQ(only(read("? [a]\n: 1\n")), "1:3 config.syntax"); }
TEST(Source, a_control_character_behind_an_escape_is_refused) {
  EXPECT_EQ(only(read("a: \"x\\0y\"\n")), "1:4 config.value.format");
  EXPECT_EQ(only(read("a: |\n  x\n  y\n")), "1:4 config.value.format");
}
TEST(Source, bytes_that_are_no_text_are_refused_where_they_are) {
  EXPECT_EQ(only(read("a: 1\nb: \xff\n")), "2:4 config.syntax");
  EXPECT_EQ(only(read(std::string_view("a\0b", 3))), "1:2 config.syntax");
}
TEST(Source, a_byte_order_mark_is_passed_over) {
  EXPECT_TRUE(read("\xEF\xBB\xBF"
                   "a: 1\n")
                  .problems.empty());
}
TEST(Source, sixteen_levels_are_read_and_seventeen_refused) {
  const auto nested = [](std::size_t levels) { return std::string(levels, '[') + std::string(levels, ']'); };
  EXPECT_TRUE(read(nested(16)).problems.empty());
  EXPECT_EQ(only(read(nested(17))), "1:17 config.too_deep");
}
/// What is never closed ends the reading; the exact column is the parser's affair.
TEST(Source, endless_nesting_ends_early) {
  std::string groups;
  for (int i = 0; i < 100'000; ++i) groups += "{a: ";
  for (const std::string& text : {std::string(500'000, '['), groups})
    EXPECT_TRUE(only(read(text)).ends_with(" config.too_deep"));
}
TEST(Source, one_mebibyte_is_read_and_a_byte_more_refused) {
  const std::string most = "a: 1\n#" + std::string(kMaxSource - 6, 'x');
  EXPECT_TRUE(read(most).problems.empty());
  EXPECT_EQ(only(read(most + "x")), "0:0 config.too_large");
}
TEST(Source, a_stray_comma_before_everything_ends) { EXPECT_EQ(only(read(",a: 1\n")), "1:1 config.syntax"); }
TEST(Source, broken_yaml_is_refused_where_it_breaks) {
  EXPECT_EQ(only(read("a: [1\nb: 2\n")), "2:2 config.syntax");
}
TEST(Source, an_empty_text_has_no_tree) {
  EXPECT_FALSE(read("").tree);
  EXPECT_FALSE(read("# only a remark\n").tree);
}

TEST(Problems, only_a_bounded_number_is_kept_and_the_rest_is_counted) {
  std::string text;
  for (int i = 0; i < 150; ++i) text += "a: 1\n";
  const Read outcome = read(text);
  ASSERT_EQ(outcome.problems.size(), Problems::kMost + 1);
  EXPECT_EQ(outcome.problems.back().code, ErrorCode::config_too_many_errors);
  EXPECT_NE(outcome.problems.back().text.find("49 more"), std::string::npos);
}

TEST(Problems, foreign_text_in_a_message_is_cut_between_characters) {
  EXPECT_EQ(in_quotes("a\tb"), "`a?b`");
  const std::string cut = config::in_quotes(std::string(62, 'x') + "関所");
  EXPECT_EQ(cut, "`" + std::string(62, 'x') + "…`");
}

}  // namespace
}  // namespace gw::config
