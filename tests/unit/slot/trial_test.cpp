#include "slot/trial.h"

#include <gtest/gtest.h>

namespace gw::slot {
namespace {

using namespace std::chrono_literals;
using Verdict = Trial::Verdict;

const Ailments kNone{}, kSilent = ailments_of_silence(), kBroken{"isolation is broken"},
                        kClock{"the clock cannot be right"},
                        kDrift{"network wan had to be put right again and again"};
constexpr Patience kPatience{100s, 20s};

TEST(Trial, image_is_kept_once_it_was_well_for_long_enough) {
  Trial trial(kNone, kPatience);
  EXPECT_EQ(trial.look(0s, kSilent), Verdict::wait);
  EXPECT_EQ(trial.objection(), "the supervisor does not answer");
  EXPECT_EQ(trial.look(10s, kNone), Verdict::wait);
  EXPECT_EQ(trial.objection(), "");
  EXPECT_EQ(trial.look(29s, kNone), Verdict::wait);
  EXPECT_EQ(trial.look(30s, kNone), Verdict::keep);
}

TEST(Trial, break_begins_the_count_anew) {
  Trial trial(kNone, kPatience);
  EXPECT_EQ(trial.look(0s, kNone), Verdict::wait);
  EXPECT_EQ(trial.look(19s, kBroken), Verdict::wait);
  EXPECT_EQ(trial.look(20s, kNone), Verdict::wait);
  EXPECT_EQ(trial.look(39s, kNone), Verdict::wait);
  EXPECT_EQ(trial.look(40s, kNone), Verdict::keep);
}

TEST(Trial, image_that_is_not_well_in_time_is_given_up_with_its_reason) {
  Trial trial(kNone, kPatience);
  EXPECT_EQ(trial.look(99s, kBroken), Verdict::wait);
  EXPECT_EQ(trial.look(100s, kBroken), Verdict::give_up);
  EXPECT_EQ(trial.objection(), "isolation is broken");
  Trial silent(kNone, kPatience);
  EXPECT_EQ(silent.look(100s, kSilent), Verdict::give_up);
}

TEST(Trial, image_under_which_walls_are_put_right_again_and_again_is_given_up) {
  Trial trial(kNone, kPatience);
  EXPECT_EQ(trial.look(10s, kNone), Verdict::wait);
  EXPECT_EQ(trial.look(29s, kDrift), Verdict::wait);
  EXPECT_EQ(trial.look(100s, kDrift), Verdict::give_up);
  EXPECT_EQ(trial.objection(), "network wan had to be put right again and again");
  Trial as_before(kDrift, kPatience);
  EXPECT_EQ(as_before.look(0s, kDrift), Verdict::wait);
  EXPECT_EQ(as_before.look(20s, kDrift), Verdict::keep);
}

TEST(Trial, image_that_is_well_when_the_time_ends_is_looked_at_to_the_end) {
  Trial trial(kNone, kPatience);
  EXPECT_EQ(trial.look(95s, kNone), Verdict::wait);
  EXPECT_EQ(trial.look(105s, kNone), Verdict::wait);
  EXPECT_EQ(trial.look(115s, kNone), Verdict::keep);
}

TEST(Trial, what_the_old_image_had_too_does_not_speak_against_the_new_one) {
  Trial trial(kClock, kPatience);
  EXPECT_EQ(trial.look(0s, kClock), Verdict::wait);
  EXPECT_EQ(trial.look(20s, kClock), Verdict::keep);
  Trial without_a_site(kSilent, kPatience);
  EXPECT_EQ(without_a_site.look(0s, kSilent), Verdict::wait);
  EXPECT_EQ(without_a_site.look(20s, kSilent), Verdict::keep);
  Trial worse(kClock, kPatience);
  EXPECT_EQ(worse.look(100s, Ailments{"the clock cannot be right", "isolation is broken"}), Verdict::give_up);
  EXPECT_EQ(worse.objection(), "isolation is broken");
}

TEST(Patience, is_two_numbers_of_which_the_first_is_no_smaller) {
  const auto patience = patience_of("900", "120");
  ASSERT_TRUE(patience);
  EXPECT_EQ(patience->at_most, 900s);
  EXPECT_EQ(patience->well_for, 120s);
  for (const auto& [most, well] :
       {std::pair{"", "1"}, {"9", ""}, {"9 ", "1"}, {"-9", "-10"}, {"1", "2"}, {"86401", "1"}})
    EXPECT_FALSE(patience_of(most, well)) << most << " and " << well;
}

}  // namespace
}  // namespace gw::slot
