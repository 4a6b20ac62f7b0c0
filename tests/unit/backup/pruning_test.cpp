// Which generations stay (BAK-01).

#include "backup/pruning.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "base/jst.h"

namespace gw::backup {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAre;
using testing::IsEmpty;

const std::chrono::seconds kNight = *parse_jst_text("2026-11-01T03:10:00+09:00");

std::vector<Age> nights(std::size_t count) {
  std::vector<Age> out;
  for (std::size_t i = 0; i < count; ++i) out.push_back({i + 1, kNight + days(i)});
  return out;
}

TEST(PruningTest, ordinarily_thirty_five_stay) {
  EXPECT_THAT(surplus(nights(35), {}, std::nullopt), IsEmpty());
  EXPECT_THAT(surplus(nights(37), {}, std::nullopt), ElementsAre(1, 2));
}

TEST(PruningTest, many_in_one_day_push_out_that_days_own) {
  auto all = nights(35);
  for (std::uint64_t i = 0; i < 50; ++i) all.push_back({36 + i, kNight + days(34) + minutes(i)});
  const auto gone = surplus(all, {}, std::nullopt);
  EXPECT_EQ(gone.size(), 50u);
  EXPECT_EQ(*std::ranges::min_element(gone), 35u) << "of the days before each is there yet";
}

TEST(PruningTest, the_last_good_one_stays_however_old) {
  EXPECT_THAT(surplus(nights(38), {}, 1), ElementsAre(2, 3, 4));
  EXPECT_THAT(surplus(nights(10), *Keep::generations(3), 4), ElementsAre(1, 2, 3, 5, 6, 7, 8));
}

TEST(PruningTest, a_clock_that_was_wrong_costs_nobody_the_newest) {
  std::vector<Age> all = nights(3);
  all.push_back({4, std::chrono::seconds(0)});
  all.push_back({5, kNight + days(20'000)});
  all.push_back({6, kNight + days(3)});
  EXPECT_THAT(surplus(all, *Keep::generations(3), std::nullopt), ElementsAre(1, 2, 3));
}

TEST(PruningTest, only_three_to_four_hundred_can_be_wanted) {
  EXPECT_FALSE(Keep::generations(2));
  EXPECT_FALSE(Keep::generations(401));
  EXPECT_EQ(Keep::generations(35), Keep());
}

/// Whatever there is: so many stay, the newest and the last good one among them, and the newest of each of
/// the last keep - 2 days.
TEST(PruningTest, what_is_promised_holds_for_whatever_there_is) {
  std::mt19937 random(3);
  for (int round = 0; round < 500; ++round) {
    std::vector<Age> all;
    for (std::uint64_t i = 1, many = random() % 60 + 1; i <= many; ++i)
      all.push_back({i, kNight + hours(random() % 2000)});
    std::ranges::sort(all, {}, &Age::made);
    for (std::uint64_t i = 0; i < all.size(); ++i) all[i].number = i + 1;
    const Keep keep = *Keep::generations(3 + random() % 20);
    const std::uint64_t good = random() % all.size() + 1;
    std::shuffle(all.begin(), all.end(), random);
    const auto gone = surplus(all, keep, good);
    const std::set<std::uint64_t> away(gone.begin(), gone.end());
    ASSERT_EQ(away.size(), gone.size());
    ASSERT_EQ(all.size() - gone.size(), std::min(all.size(), keep.count()));
    ASSERT_FALSE(away.contains(good));
    std::map<std::chrono::sys_days, std::uint64_t> newest;
    for (const Age& one : all)
      newest[jst_day_of(one.made)] = std::max(newest[jst_day_of(one.made)], one.number);
    std::size_t days_left = keep.count() - 2;
    for (auto day = newest.rbegin(); day != newest.rend() && days_left > 0; ++day, --days_left)
      ASSERT_FALSE(away.contains(day->second)) << round;
    ASSERT_FALSE(away.contains(all.size())) << "the newest";
  }
}

}  // namespace
}  // namespace gw::backup
