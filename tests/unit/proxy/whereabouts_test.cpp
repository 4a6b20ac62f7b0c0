// One key at two addresses at once (CRT-07).

#include "proxy/whereabouts.h"

#include <gtest/gtest.h>

namespace gw::proxy {
namespace {

using std::chrono::minutes;

const model::IpAddress kDesk = *model::IpAddress::parse("10.11.1.100"),
                       kOther = *model::IpAddress::parse("10.11.1.7");
constexpr Whereabouts::Key kKey{1}, kNext{2};
constexpr Instant kThen{};

TEST(Whereabouts, many_sessions_from_one_place_are_nothing_and_one_from_another_is) {
  Whereabouts whereabouts;
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(whereabouts.came(kKey, kDesk, kThen));
  EXPECT_FALSE(whereabouts.came(kNext, kOther, kThen)) << "another key";
  EXPECT_EQ(whereabouts.came(kKey, kOther, kThen), kDesk);
}

TEST(Whereabouts, a_terminal_that_moved_is_at_one_place) {
  Whereabouts whereabouts;
  EXPECT_FALSE(whereabouts.came(kKey, kDesk, kThen));
  EXPECT_FALSE(whereabouts.came(kKey, kDesk, kThen));
  whereabouts.left(kKey, kDesk);
  EXPECT_EQ(whereabouts.came(kKey, kOther, kThen), kDesk) << "one session is there yet";
  whereabouts.left(kKey, kOther);
  whereabouts.left(kKey, kDesk);
  EXPECT_FALSE(whereabouts.came(kKey, kOther, kThen));
  whereabouts.left(kNext, kDesk);
}

TEST(Whereabouts, the_same_is_told_once_an_hour) {
  Whereabouts whereabouts;
  EXPECT_FALSE(whereabouts.came(kKey, kDesk, kThen));
  EXPECT_TRUE(whereabouts.came(kKey, kOther, kThen));
  EXPECT_FALSE(whereabouts.came(kKey, kOther, kThen + minutes(59)));
  EXPECT_EQ(whereabouts.came(kKey, kDesk, kThen + minutes(60)), kOther);
}

}  // namespace
}  // namespace gw::proxy
