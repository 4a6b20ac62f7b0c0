// What waits for the operations centre (F3): order, rooms, gaps, what is condensed.

#include "spool/spool.h"

#include <gmock/gmock.h>

#include "unit/spool/spool_folder.h"

namespace gw::spool {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;

TEST_F(SpoolTest, what_is_put_waits_in_its_order_over_restarts_until_it_is_acknowledged) {
  for (int i = 1; i <= 3; ++i) put(Class::audit, i);
  put(Class::events, 4);
  open();
  EXPECT_EQ(spool_->mark(), 4u);
  EXPECT_THAT(take(Class::audit), ElementsAre(1, 2, 3));
  EXPECT_THAT(take(Class::audit), IsEmpty());
  ASSERT_TRUE(spool_->acknowledge(Class::audit, 2, kArrived));
  open();
  EXPECT_THAT(take(Class::audit), ElementsAre(3));
  EXPECT_THAT(take(Class::events), ElementsAre(1));
  EXPECT_EQ(tally(Class::audit).acknowledged, 2u);
  EXPECT_EQ(tally(Class::audit).acknowledged_at, kArrived);
  EXPECT_EQ(tally(Class::events).acknowledged_at.count(), 0);
}

TEST_F(SpoolTest, what_somebody_had_who_is_gone_waits_again) {
  put(Class::audit, 1);
  EXPECT_THAT(take(Class::audit), ElementsAre(1));
  spool_->release();
  EXPECT_THAT(take(Class::audit), ElementsAre(1));
}

TEST_F(SpoolTest, nobody_acknowledges_what_he_was_not_given) {
  for (int i = 1; i <= 3; ++i) put(Class::audit, i, 10);
  EXPECT_THAT(take(Class::audit, 10), ElementsAre(1));
  ASSERT_TRUE(spool_->acknowledge(Class::audit, UINT64_MAX, kArrived));
  EXPECT_THAT(take(Class::audit), ElementsAre(2, 3));
}

TEST_F(SpoolTest, numbers_go_on_when_nothing_waits) {
  put(Class::events, 1);
  take(Class::events);
  ASSERT_TRUE(spool_->acknowledge(Class::events, 1, kArrived));
  open();
  put(Class::events, 2);
  EXPECT_THAT(take(Class::events), ElementsAre(2));
}

TEST_F(SpoolTest, a_full_class_gives_up_its_oldest_and_no_others) {
  put(Class::audit, 0);
  open_with(Class::events, 1'000);
  for (int i = 1; i <= 15; ++i) put(Class::events, i, 100);
  EXPECT_EQ(tally(Class::events).octets, 1'000u);
  EXPECT_EQ(tally(Class::events).dropped, 5u);
  EXPECT_EQ(tally(Class::events).oldest, seconds(1'000'006));
  EXPECT_THAT(take(Class::events), ElementsAre(6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
  EXPECT_THAT(take(Class::audit), ElementsAre(1));
}

TEST_F(SpoolTest, a_gap_is_told_once_something_behind_it_was_delivered) {
  open_with(Class::events, 300);
  for (int i = 1; i <= 5; ++i) put(Class::events, i, 100);
  EXPECT_THAT(*spool_->gaps().closed(), IsEmpty()) << "it may grow yet";
  EXPECT_THAT(take(Class::events, 100), ElementsAre(3));
  ASSERT_TRUE(spool_->acknowledge(Class::events, 3, kArrived));
  open();
  const auto gaps = *spool_->gaps().closed();
  ASSERT_EQ(gaps.size(), 1u);
  EXPECT_EQ(gaps[0].of, Class::events);
  EXPECT_EQ(gaps[0].first, 1u);
  EXPECT_EQ(gaps[0].last, 2u);
  EXPECT_EQ(gaps[0].count, 2u);
  EXPECT_EQ(gaps[0].from, seconds(1'000'001));
  EXPECT_EQ(gaps[0].until, seconds(1'000'002));
  ASSERT_TRUE(spool_->gaps().remove(gaps[0]));
  EXPECT_THAT(*spool_->gaps().closed(), IsEmpty());
  EXPECT_EQ(tally(Class::events).dropped, 2u) << "how much was lost is never forgotten";
}

TEST_F(SpoolTest, two_times_in_the_dark_are_two_gaps_and_one_is_one) {
  open_with(Class::events, 300);
  for (int i = 1; i <= 4; ++i) put(Class::events, i, 100);  // loses 1
  take(Class::events);
  ASSERT_TRUE(spool_->acknowledge(Class::events, 4, kArrived));
  for (int i = 5; i <= 9; ++i) put(Class::events, i, 100);  // loses 5 and, with another put, 6
  take(Class::events);
  ASSERT_TRUE(spool_->acknowledge(Class::events, 9, kArrived));
  const auto gaps = *spool_->gaps().closed();
  ASSERT_EQ(gaps.size(), 2u);
  EXPECT_EQ(gaps[0].count, 1u);
  EXPECT_EQ(gaps[1].first, 5u);
  EXPECT_EQ(gaps[1].last, 6u);
}

TEST_F(SpoolTest, what_is_on_its_way_is_not_given_up) {
  open_with(Class::events, 300);
  for (int i = 1; i <= 3; ++i) put(Class::events, i, 100);
  EXPECT_THAT(take(Class::events, 100), ElementsAre(1));
  put(Class::events, 4, 100);
  put(Class::events, 5, 100);
  ASSERT_TRUE(spool_->acknowledge(Class::events, 1, kArrived));
  EXPECT_EQ(tally(Class::events).dropped, 2u);
  EXPECT_THAT(take(Class::events), ElementsAre(4, 5));
  ASSERT_TRUE(spool_->acknowledge(Class::events, 4, kArrived));
  const auto gaps = *spool_->gaps().closed();
  ASSERT_EQ(gaps.size(), 1u);
  EXPECT_EQ(gaps[0].first, 2u);
  EXPECT_EQ(gaps[0].last, 3u);
}

TEST_F(SpoolTest, of_the_state_the_newest_alone_waits_and_nothing_is_called_lost) {
  for (int i = 1; i <= 4; ++i) put(Class::state, i);
  EXPECT_THAT(take(Class::state), ElementsAre(4));
  put(Class::state, 5);
  ASSERT_TRUE(spool_->acknowledge(Class::state, 4, kArrived));
  EXPECT_THAT(take(Class::state), ElementsAre(5));
  EXPECT_EQ(tally(Class::state).dropped, 0u);
  EXPECT_EQ(tally(Class::state).condensed, 3u);
}

TEST_F(SpoolTest, of_the_state_what_was_taken_in_vain_is_not_told_beside_the_newer) {
  put(Class::state, 1);
  EXPECT_THAT(take(Class::state), ElementsAre(1));
  put(Class::state, 2);
  spool_->release();
  EXPECT_THAT(take(Class::state), ElementsAre(2));
  ASSERT_TRUE(spool_->acknowledge(Class::state, 2, kArrived));
  EXPECT_THAT(take(Class::state), IsEmpty());
  EXPECT_EQ(tally(Class::state).entries, 0u);
}

TEST_F(SpoolTest, figures_are_thinned_to_one_in_five_minutes_after_six_hours) {
  constexpr int kMinutes = 8 * 60;
  for (int i = 0; i < kMinutes; ++i) put(Class::metrics, i * 60);
  const Tally now = tally(Class::metrics);
  EXPECT_EQ(now.dropped, 0u);
  EXPECT_EQ(now.entries + now.condensed, std::uint64_t{kMinutes});
  const std::uint64_t fresh = 6 * 60, old = 2 * 60 / 5;
  EXPECT_NEAR(static_cast<double>(now.entries), static_cast<double>(fresh + old), 5);
  EXPECT_THAT(*spool_->gaps().closed(), IsEmpty());
}

/// A box of 200 series, a minute apart, and two thousand records a day: nothing is lost in a week.
TEST_F(SpoolTest, a_week_in_the_dark_loses_nothing) {
  constexpr std::size_t kFigures = 12'000, kRecord = 700;
  constexpr int kMinutes = 7 * 24 * 60, kRecords = 7 * 2'000;
  std::vector<Item> items;
  for (int i = 0; i < kMinutes; ++i) {
    items.push_back(item(Class::metrics, i * 60, kFigures));
    if (items.size() < 1'000) continue;
    ASSERT_TRUE(spool_->put(items, 1));
    items.clear();
  }
  for (int i = 0; i < kRecords; ++i)
    items.push_back(item(i % 2 == 0 ? Class::audit : Class::events, i, kRecord));
  ASSERT_TRUE(spool_->put(items, 1));
  for (const Class of : {Class::audit, Class::events, Class::metrics})
    EXPECT_EQ(tally(of).dropped, 0u) << to_string(of);
  EXPECT_LT(std::filesystem::file_size(folder_ / "spool.db"), 110u << 20);
}

TEST_F(SpoolTest, a_clock_that_jumps_ahead_and_back_loses_nothing) {
  put(Class::metrics, 0);
  put(Class::metrics, 10 * 365 * 24 * 3600 / 10);
  put(Class::metrics, 60);
  put(Class::metrics, 120);
  EXPECT_THAT(take(Class::metrics), ElementsAre(1, 2, 3, 4));
}

TEST_F(SpoolTest, all_of_a_batch_is_put_and_its_mark_with_it) {
  const std::vector<Item> items{item(Class::audit, 1), item(Class::events, 2), item(Class::audit, 3)};
  ASSERT_TRUE(spool_->put(items, 77));
  ASSERT_TRUE(spool_->put({}, 78));
  open();
  EXPECT_EQ(spool_->mark(), 78u);
  EXPECT_THAT(take(Class::audit), ElementsAre(1, 2));
}

TEST_F(SpoolTest, is_handed_out_no_faster_than_its_pace) {
  for (int i = 0; i < 40; ++i) put(Class::events, i, kMostItem);
  std::uint64_t octets = 0;
  constexpr seconds kTime{60};
  for (seconds passed{0}; passed < kTime; ++passed) {
    const auto taken = spool_->take(Class::events, 1u << 20, clock_.now());
    ASSERT_TRUE(taken);
    for (const Entry& entry : *taken) octets += entry.item.octets.size();
    clock_.advance(seconds(1));
  }
  EXPECT_LE(octets, Spool::kAtOnce + Spool::kPace * 60);
  EXPECT_GE(octets, Spool::kPace * 60);
}

TEST_F(SpoolTest, however_many_records_wait_figures_have_their_part_of_the_pace) {
  std::vector<Item> waiting;
  for (int i = 0; i < 10'000; ++i) waiting.push_back(item(i % 2 == 0 ? Class::events : Class::audit, i, 700));
  ASSERT_TRUE(spool_->put(waiting, 1));
  put(Class::state, 0, 8'000);
  put(Class::metrics, 0, 20'000);
  const auto some = [&](Class of) { return spool_->take(of, 128u << 10, clock_.now())->size(); };
  std::size_t records = 0;
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 600; ++i) {
      clock_.advance(std::chrono::milliseconds(100));
      records += some(Class::audit) + some(Class::events);
    }
    EXPECT_EQ(some(Class::state), 1u) << round;
    EXPECT_EQ(some(Class::metrics), 1u) << round;
    put(Class::state, round, 8'000);
    put(Class::metrics, round, 20'000);
    clock_.advance(seconds(60));
  }
  EXPECT_GT(records * 700, 3 * 50 * Spool::kPace) << "and take what they leave";
}

TEST_F(SpoolTest, a_file_that_is_no_database_is_said_to_be_none) {
  spool_.reset();
  std::filesystem::resize_file(folder_ / "spool.db", 100);
  const auto opened = Spool::open(folder_, clock_.now());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::store_damaged);
}

}  // namespace
}  // namespace gw::spool
