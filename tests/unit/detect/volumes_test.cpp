// When a day's volume is unlike those before it (decision 0070).

#include "detect/volumes.h"

#include <gtest/gtest.h>

namespace gw::detect {
namespace {

constexpr std::uint64_t kMiB = 1u << 20;

class VolumesTest : public testing::Test {
 protected:
  void day(std::uint64_t octets) {
    volumes_.add(octets);
    volumes_.pass(1, ++today_);
  }
  bool is_unlike(std::uint64_t octets) const {
    Volumes copy = volumes_;
    copy.add(octets);
    return copy.is_unlike(kLeastUp, today_);
  }
  Volumes volumes_;
  Day today_ = 20'000;
};

TEST_F(VolumesTest, a_level_is_a_quarter_of_an_octave_of_whatever_size) {
  EXPECT_EQ(Volumes::level_of(0), 0);
  EXPECT_EQ(Volumes::level_of(1), 1);
  EXPECT_EQ(Volumes::level_of(2) - Volumes::level_of(1), 4);
  EXPECT_EQ(Volumes::level_of(UINT64_MAX), UINT8_MAX);
  Volumes::Level before = 0;
  for (std::uint64_t octets = 16; octets < UINT64_MAX / 2; octets += octets / 7) {
    const Volumes::Level level = Volumes::level_of(octets);
    EXPECT_GE(level, before);
    EXPECT_LT(octets, Volumes::end_of(level));
    EXPECT_EQ(Volumes::level_of(Volumes::end_of(level) - 1), level) << octets;
    before = level;
  }
  EXPECT_EQ(Volumes::end_of(UINT8_MAX), UINT64_MAX);
}

TEST_F(VolumesTest, several_times_the_second_busiest_day_is_unlike_and_an_ordinary_peak_is_not) {
  for (int n = 0; n < 20; ++n) day(20 * kMiB);
  EXPECT_FALSE(is_unlike(60 * kMiB));
  EXPECT_TRUE(is_unlike(100 * kMiB));
}

TEST_F(VolumesTest, what_is_little_is_never_unlike) {
  for (int n = 0; n < 20; ++n) day(1'000);
  EXPECT_FALSE(is_unlike(kLeastUp));
  EXPECT_TRUE(is_unlike(kLeastUp + 1));
}

TEST_F(VolumesTest, one_bad_day_is_no_measure_and_two_are) {
  for (int n = 0; n < 20; ++n) day(20 * kMiB);
  day(4'000 * kMiB);
  EXPECT_TRUE(is_unlike(4'000 * kMiB));
  day(4'000 * kMiB);
  EXPECT_FALSE(is_unlike(4'000 * kMiB));
}

TEST_F(VolumesTest, what_comes_once_a_month_is_told_twice_and_is_usual_then) {
  int told = 0;
  for (int n = 0; n < 700; ++n) {
    const std::uint64_t octets = n % 31 == 30 ? 2'000 * kMiB : 20 * kMiB;
    told += n > 20 && is_unlike(octets) ? 1 : 0;
    day(octets);
  }
  EXPECT_EQ(told, 2);
}

TEST_F(VolumesTest, what_somebody_knows_of_is_usual_at_once_and_is_forgotten_like_the_rest) {
  for (int n = 0; n < 20; ++n) day(20 * kMiB);
  volumes_.add(2'000 * kMiB);
  volumes_.accept(today_);
  EXPECT_FALSE(is_unlike(0));
  for (int n = 0; n < 60; ++n) day(20 * kMiB);
  EXPECT_FALSE(is_unlike(2'000 * kMiB));
  for (int n = 0; n < 20; ++n) day(20 * kMiB);
  EXPECT_TRUE(is_unlike(2'000 * kMiB));
}

TEST_F(VolumesTest, days_without_anything_are_passed_over) {
  day(100 * kMiB);
  day(100 * kMiB);
  volumes_.pass(40, today_ = static_cast<Day>(today_ + 40));
  EXPECT_FALSE(is_unlike(300 * kMiB));
  volumes_.pass(40, today_ = static_cast<Day>(today_ + 40));
  EXPECT_TRUE(is_unlike(300 * kMiB)) << "that was too long ago";
}

TEST_F(VolumesTest, a_day_does_not_flow_over) {
  for (int n = 0; n < 3; ++n) volumes_.add(UINT64_MAX);
  EXPECT_EQ(volumes_.today(), UINT64_MAX);
}

}  // namespace
}  // namespace gw::detect
