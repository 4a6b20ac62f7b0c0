#include "web/repeats.h"

#include <gtest/gtest.h>

#include "support/manual_clock.h"

namespace gw::web {
namespace {

using Standing = Repeats::Standing;

Repeats::Digest digest(std::uint8_t number) {
  Repeats::Digest out{};
  out.fill(number);
  return out;
}

class RepeatsTest : public testing::Test {
 protected:
  Standing begin(std::uint8_t who, std::uint8_t what) {
    return repeats.begin(digest(who), digest(what), clock.now()).standing;
  }
  support::ManualClock clock;
  Repeats repeats;
};

TEST_F(RepeatsTest, the_same_key_and_body_get_the_same_answer) {
  EXPECT_EQ(begin(1, 1), Standing::fresh);
  EXPECT_EQ(begin(1, 1), Standing::under_way);
  repeats.keep(digest(1), {.status = 201, .headers = {}, .body = "code"}, clock.now());
  const auto again = repeats.begin(digest(1), digest(1), clock.now());
  EXPECT_EQ(again.standing, Standing::answered);
  EXPECT_EQ(again.answer->body, "code");
}

TEST_F(RepeatsTest, another_body_is_refused_and_another_asker_knows_nothing) {
  EXPECT_EQ(begin(1, 1), Standing::fresh);
  EXPECT_EQ(begin(1, 2), Standing::other);
  EXPECT_EQ(begin(2, 1), Standing::fresh);
}

TEST_F(RepeatsTest, what_came_to_nothing_may_be_asked_for_again) {
  EXPECT_EQ(begin(1, 1), Standing::fresh);
  repeats.forget(digest(1));
  EXPECT_EQ(begin(1, 1), Standing::fresh);
}

TEST_F(RepeatsTest, an_answer_is_kept_for_a_while_and_so_many_of_them) {
  begin(1, 1);
  repeats.keep(digest(1), {}, clock.now());
  clock.advance(Repeats::kKept);
  EXPECT_EQ(begin(1, 1), Standing::fresh);
  repeats.keep(digest(1), {}, clock.now());
  for (std::size_t i = 0; i < Repeats::kMost; ++i) {
    begin(static_cast<std::uint8_t>(10 + i), 1);
    repeats.keep(digest(static_cast<std::uint8_t>(10 + i)), {}, clock.now());
  }
  EXPECT_EQ(begin(1, 1), Standing::fresh) << "the oldest made room";
}

TEST_F(RepeatsTest, what_is_under_way_is_remembered_however_long_it_takes) {
  begin(1, 1);
  clock.advance(2 * Repeats::kKept);
  EXPECT_EQ(begin(1, 1), Standing::under_way);
}

}  // namespace
}  // namespace gw::web
