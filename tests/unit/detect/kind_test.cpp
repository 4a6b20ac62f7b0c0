// The table of what is looked for: what a row promises to records and to pages.

#include "detect/kind.h"

#include <gtest/gtest.h>

#include <set>

#include "base/text.h"

namespace gw::detect {
namespace {

TEST(Kinds, each_has_an_id_of_its_own_and_is_found_by_it) {
  std::set<std::string_view> ids;
  for (const Rule& row : rules()) {
    EXPECT_TRUE(ids.insert(row.id).second) << row.id;
    EXPECT_EQ(parse_kind(row.id), row.kind);
    EXPECT_EQ(&rule(row.kind), &row);
  }
  EXPECT_FALSE(parse_kind("nothing"));
}

TEST(Kinds, each_says_what_to_do_within_a_records_text) {
  for (const Rule& row : rules()) {
    EXPECT_FALSE(row.advice.empty()) << row.id;
    EXPECT_LE(row.advice.size(), kForeignTextLimit) << row.id;
  }
}

TEST(Kinds, each_ends_later_than_what_it_counts_within) {
  for (const Rule& row : rules()) {
    EXPECT_GE(row.least, 1u) << row.id;
    EXPECT_GE(row.quiet, row.window) << row.id;
  }
}

}  // namespace
}  // namespace gw::detect
