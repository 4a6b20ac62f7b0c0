// Nobody tries many tickets (LAN-01).

#include "enrol/patience.h"

#include <gtest/gtest.h>

namespace gw::enrol {
namespace {

using std::chrono::seconds;

model::IpAddress address(std::uint32_t number) {
  return *model::IpAddress::parse("10.1." + std::to_string(number / 250) + "." +
                                  std::to_string(number % 250));
}

TEST(Patience, doubles_with_each_wrong_ticket_up_to_its_end) {
  Patience patience;
  Instant now{seconds(100)};
  EXPECT_EQ(patience.left(address(1), now), seconds(0)) << "a stranger may try";
  for (const int expected : {1, 2, 4, 8, 16, 32, 64, 64}) {
    patience.was_wrong(address(1), now);
    EXPECT_EQ(patience.left(address(1), now), seconds(expected));
    EXPECT_EQ(patience.left(address(2), now), seconds(0)) << "others do not wait";
    now += seconds(expected);
    EXPECT_EQ(patience.left(address(1), now), seconds(0));
  }
  patience.was_right(address(1));
  patience.was_wrong(address(1), now);
  EXPECT_EQ(patience.left(address(1), now), seconds(1)) << "it begins anew";
}

TEST(Patience, forgets_first_whoever_is_forgiven_first) {
  Patience patience;
  const Instant now{seconds(100)};
  for (std::uint32_t i = 0; i < Patience::kMost; ++i)
    patience.was_wrong(address(i), now + seconds(i == 7 ? 0 : 1));
  patience.was_wrong(address(999), now);
  EXPECT_EQ(patience.left(address(7), now), seconds(0));
  EXPECT_GT(patience.left(address(8), now), seconds(0));
  EXPECT_GT(patience.left(address(999), now), seconds(0));
}

}  // namespace
}  // namespace gw::enrol
