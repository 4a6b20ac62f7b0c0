#include "metrics/family.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

namespace gw::metrics {
namespace {

bool is_snake(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

TEST(FamilyTest, all_of_them_together_have_at_most_two_hundred_series) {
  std::size_t sum = 0;
  for (const Family& one : families()) sum += one.most;
  EXPECT_LE(sum, 200u);
  EXPECT_EQ(kMostSeries, 200u);
}

TEST(FamilyTest, a_name_is_the_products_own_and_ends_in_its_unit) {
  std::set<std::string_view> names;
  for (const Family& one : families()) {
    EXPECT_TRUE(one.name.starts_with("sekisho_") && is_snake(one.name)) << one.name;
    EXPECT_TRUE(one.unit.empty() || one.name.ends_with("_" + std::string(one.unit))) << one.name;
    // OpenMetrics 1.0 writes these itself.
    for (const char* end : {"_total", "_info", "_created", "_count", "_sum", "_bucket"})
      EXPECT_FALSE(one.name.ends_with(end)) << one.name;
    EXPECT_TRUE(names.insert(one.name).second) << one.name << " stands twice";
    EXPECT_EQ(&family(one.id), &one);
  }
}

TEST(FamilyTest, labels_are_in_order_and_name_nobody) {
  const std::set<std::string_view> closed{"class",    "direction", "kind",   "le",     "name",
                                          "outcome",  "process",   "reason", "result", "service",
                                          "severity", "stage",     "state",  "tenant", "version"};
  for (const Family& one : families()) {
    EXPECT_TRUE(std::ranges::is_sorted(one.labels)) << one.name;
    for (const std::string_view label : one.labels)
      EXPECT_TRUE(closed.contains(label)) << one.name << " is labelled with " << label;
    EXPECT_TRUE(one.most > 0 && (!one.labels.empty() || one.most == 1)) << one.name;
  }
}

TEST(FamilyTest, every_help_is_a_sentence) {
  for (const Family& one : families()) EXPECT_TRUE(one.help.ends_with('.')) << one.name;
}

}  // namespace
}  // namespace gw::metrics
