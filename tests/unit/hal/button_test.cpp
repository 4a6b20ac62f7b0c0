#include "hal/reset_button.h"

#include <gtest/gtest.h>

#include "hal/input.h"
#include "support/manual_clock.h"

namespace gw::hal {
namespace {

using State = ResetButton::State;
using Act = ResetButton::Act;
using namespace std::chrono_literals;

struct Hand {
  support::ManualClock clock;
  ResetButton button;

  Hand& press() { return act(Act::pressed); }
  Hand& release() { return act(Act::released); }
  Hand& wait(std::chrono::milliseconds time) {
    clock.advance(time);
    button.tick(clock.now());
    return *this;
  }
  Hand& act(Act what) {
    button.hear(what, clock.now());
    return *this;
  }
  State state() const { return button.state(); }
};

TEST(ResetButton, whole_sequence_is_confirmed_and_stays_so) {
  Hand hand;
  hand.press().wait(10s);
  EXPECT_EQ(hand.state(), State::ready);
  EXPECT_EQ(hand.button.light(), LightState::armed);
  hand.wait(2s).release();
  EXPECT_EQ(hand.state(), State::armed);
  hand.wait(4s).press().wait(3s);
  EXPECT_TRUE(hand.button.is_confirmed());
  EXPECT_EQ(hand.button.light(), LightState::erasing);
  hand.release().press().wait(4min).release();
  EXPECT_TRUE(hand.button.is_confirmed());
}

TEST(ResetButton, what_nobody_heeded_wants_somebody_and_may_be_tried_again) {
  Hand hand;
  hand.press().wait(10s).release().wait(1s).press().wait(3s).release().wait(5min);
  EXPECT_EQ(hand.state(), State::unheeded);
  EXPECT_EQ(hand.button.light(), LightState::attention);
  EXPECT_EQ(hand.wait(1h).state(), State::unheeded);
  EXPECT_EQ(hand.press().wait(10s).state(), State::ready);
}

TEST(ResetButton, sequence_of_which_something_was_lost_is_over) {
  Hand hand;
  EXPECT_EQ(hand.press().act(Act::lost).state(), State::idle);
  EXPECT_EQ(hand.press().wait(10s).act(Act::lost).state(), State::idle);
  EXPECT_EQ(hand.press().wait(10s).release().act(Act::lost).state(), State::idle);
  EXPECT_EQ(hand.press().wait(10s).release().press().act(Act::lost).wait(3s).state(), State::idle);
}

TEST(ResetButton, three_seconds_and_no_more_are_a_press) {
  Hand hand;
  hand.press().wait(2999ms).release();
  EXPECT_EQ(hand.button.presses(), 0u) << "too short";
  hand.wait(1s).press().wait(3s);
  EXPECT_EQ(hand.button.presses(), 0u) << "not let go yet";
  hand.release();
  EXPECT_EQ(hand.button.presses(), 1u);
  EXPECT_EQ(hand.state(), State::idle);
  hand.press().wait(10s).release();
  EXPECT_EQ(hand.button.presses(), 1u) << "that is the beginning of a reset";
}

TEST(ResetButton, short_press_is_nothing) {
  Hand hand;
  EXPECT_EQ(hand.press().wait(9999ms).state(), State::held);
  EXPECT_EQ(hand.button.light(), std::nullopt);
  EXPECT_EQ(hand.release().state(), State::idle);
}

TEST(ResetButton, something_that_leans_on_it_never_gets_through) {
  Hand hand;
  EXPECT_EQ(hand.press().wait(10s).wait(10s).state(), State::stuck);
  EXPECT_EQ(hand.wait(24h).state(), State::stuck);
  EXPECT_EQ(hand.release().state(), State::idle);
}

TEST(ResetButton, who_does_nothing_more_has_changed_his_mind) {
  Hand hand;
  hand.press().wait(10s).release();
  EXPECT_EQ(hand.wait(9999ms).state(), State::armed);
  EXPECT_EQ(hand.wait(1ms).state(), State::idle);
  EXPECT_EQ(hand.press().wait(3s).state(), State::held) << "it begins from the beginning";
}

TEST(ResetButton, who_lets_go_too_soon_the_second_time_has_too) {
  Hand hand;
  hand.press().wait(10s).release().wait(1s).press().wait(2999ms).release();
  EXPECT_EQ(hand.state(), State::idle);
}

TEST(ResetButton, time_that_passed_unseen_counts_before_what_happened_after_it) {
  Hand hand;
  hand.press();
  hand.clock.advance(12s);  // the process had no turn meanwhile
  EXPECT_EQ(hand.release().state(), State::armed);
}

input_event event(std::uint16_t type, std::uint16_t code, std::int32_t value) {
  input_event out{};
  out.type = type;
  out.code = code;
  out.value = value;
  return out;
}

TEST(ResetButton, only_its_own_key_is_heard_and_no_repetition) {
  EXPECT_EQ(act_of(event(EV_KEY, KEY_RESTART, 1), KEY_RESTART), Act::pressed);
  EXPECT_EQ(act_of(event(EV_KEY, KEY_RESTART, 0), KEY_RESTART), Act::released);
  EXPECT_EQ(act_of(event(EV_KEY, KEY_RESTART, 2), KEY_RESTART), std::nullopt);
  EXPECT_EQ(act_of(event(EV_KEY, KEY_POWER, 1), KEY_RESTART), std::nullopt);
  EXPECT_EQ(act_of(event(EV_SYN, KEY_RESTART, 1), KEY_RESTART), std::nullopt);
}

}  // namespace
}  // namespace gw::hal
