// The most frequent of any number of things in bounded memory.

#include "review/top_list.h"

#include <gtest/gtest.h>

#include <random>

namespace gw::review {
namespace {

TEST(TopListTest, few_things_are_counted_exactly) {
  TopList list(10);
  for (int i = 0; i < 10; ++i)
    for (int j = 0; j <= i; ++j) list.add(std::to_string(i));
  const auto rows = list.rows(3);
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].name, "9");
  EXPECT_EQ(rows[0].count, 10u);
  EXPECT_EQ(rows[0].too_high, 0u);
  EXPECT_FALSE(list.is_cut());
}

/// However many rare things pass by, what is frequent stays, no count is too low, and none is off by more
/// than it says.
TEST(TopListTest, a_flood_of_rare_things_hides_nothing_frequent) {
  std::mt19937 random(5);
  TopList list(50);
  std::map<std::string, std::uint64_t> exact;
  constexpr std::uint64_t kMany = 100'000;
  for (std::uint64_t i = 0; i < kMany; ++i) {
    const auto dice = random() % 100;
    const std::string name = dice < 10   ? "often"
                             : dice < 14 ? "sometimes"
                                         : "rare-" + std::to_string(random());
    exact[name] += 1;
    list.add(name);
    ASSERT_LE(list.size(), 50u);
  }
  EXPECT_TRUE(list.is_cut());
  const auto rows = list.rows(50);
  EXPECT_EQ(rows[0].name, "often");
  EXPECT_EQ(rows[1].name, "sometimes");
  for (const auto& row : rows) {
    EXPECT_GE(row.count, exact[row.name]) << row.name;
    EXPECT_LE(row.count - row.too_high, exact[row.name]) << row.name;
    EXPECT_LE(row.too_high, kMany / 50) << row.name;
  }
}

}  // namespace
}  // namespace gw::review
