// How far records may go (LOG-05).

#include "control/prefix.h"

#include <gtest/gtest.h>

namespace gw::control {
namespace {

using model::KeptFor;
using model::RecordClass;

constexpr std::chrono::milliseconds kYear = std::chrono::hours(24 * 365 + 6);
constexpr std::chrono::milliseconds kNow = 56 * kYear;

/// The last that may go of records as old as that, in years and tenths, all of one class but for the second.
std::uint64_t last_of(const model::Spans& keeping, const std::vector<int>& tenths,
                      std::uint64_t last_signed = 100, RecordClass second = RecordClass::connection) {
  Prefix prefix(keeping, kNow, last_signed);
  std::uint64_t number = 0;
  for (const int age : tenths) {
    ++number;
    if (!prefix.may_go({number, kNow - kYear * age / 10, number == 2 ? second : RecordClass::connection}))
      break;
  }
  return prefix.last();
}

TEST(Prefix, ends_in_front_of_the_first_that_is_younger_than_five_years) {
  EXPECT_EQ(last_of({}, {70, 60, 51, 49, 60}), 3u);
  EXPECT_EQ(last_of({}, {49, 60}), 0u);
  EXPECT_EQ(last_of({}, {50}), 0u) << "five years to the moment are not over yet";
}

TEST(Prefix, ends_in_front_of_one_whose_class_is_kept_longer) {
  const model::Spans keeping{KeptFor(), *KeptFor::years(10), KeptFor()};
  EXPECT_EQ(last_of(keeping, {70, 60, 60}, 100, RecordClass::administration), 1u);
  EXPECT_EQ(last_of(keeping, {120, 110, 60}, 100, RecordClass::administration), 3u);
}

TEST(Prefix, one_that_is_kept_for_ever_keeps_all_that_follow) {
  const model::Spans keeping{KeptFor(), KeptFor(), KeptFor::for_ever()};
  EXPECT_EQ(last_of(keeping, {900, 900, 900}, 100, RecordClass::other), 1u);
}

TEST(Prefix, nothing_goes_that_was_not_signed) {
  EXPECT_EQ(last_of({}, {70, 70, 70, 70}, 3), 2u) << "the checkpoint's own record stays with it";
  EXPECT_EQ(last_of({}, {70}, 0), 0u);
}

TEST(Prefix, a_clock_before_the_beginning_takes_nothing) {
  Prefix prefix({}, std::chrono::milliseconds(0), 100);
  EXPECT_FALSE(prefix.may_go({1, std::chrono::milliseconds(0), RecordClass::connection}));
}

TEST(Prefix, a_record_in_the_store_has_the_class_of_its_event) {
  EXPECT_EQ(class_of_id("session.closed"), RecordClass::connection);
  EXPECT_EQ(class_of_id("cut.made"), RecordClass::administration);
  EXPECT_EQ(class_of_id("box.started"), RecordClass::other);
  EXPECT_EQ(class_of_id("of.a.later.version"), RecordClass::other);
}

}  // namespace
}  // namespace gw::control
