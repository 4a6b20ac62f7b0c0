#include "papers/fact.h"

#include <gtest/gtest.h>

#include <set>

namespace gw::papers {
namespace {

TEST(Facts, every_row_is_found_by_its_id_and_by_its_name) {
  for (const Fact& one : facts()) {
    EXPECT_EQ(&fact(one.id), &one);
    EXPECT_EQ(find_fact(one.name()), &one);
  }
  EXPECT_EQ(find_fact("backup.cuont"), nullptr);
}

TEST(Facts, every_row_belongs_to_a_group_and_no_group_is_empty) {
  std::set<std::string_view> named, used;
  for (const Group& group : groups()) named.insert(group.key);
  for (const Fact& one : facts()) used.insert(one.group);
  EXPECT_EQ(named, used);
}

TEST(Facts, every_row_has_its_words_in_both_languages_and_the_control_it_serves) {
  for (const Fact& one : facts()) {
    SCOPED_TRACE(one.name());
    EXPECT_FALSE(one.label.japanese.empty());
    EXPECT_FALSE(one.label.english.empty());
    EXPECT_TRUE(one.question.japanese.ends_with("。"));
    EXPECT_TRUE(one.question.english.ends_with("?") || one.question.english.ends_with("."));
    EXPECT_EQ(one.control[one.control.size() - 3], '-');
  }
}

}  // namespace
}  // namespace gw::papers
