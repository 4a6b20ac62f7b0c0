#include "watch/tellings.h"

#include <gtest/gtest.h>

#include "unit/watch/frames.h"

namespace gw::watch {
namespace {

using namespace tests;
using model::Finding;

constexpr Instant kStart{std::chrono::hours(1)};
constexpr auto kLater = kStart + Tellings::kPeriod;

Sighting seen(std::uint8_t last, Finding finding = Finding::foreign_gateway) {
  return {finding, mac(last), ip("10.1.0.9"), {}};
}

TEST(Tellings, the_same_of_the_same_device_is_told_once_in_ten_minutes) {
  Tellings tellings;
  EXPECT_TRUE(tellings.first("lan0", seen(9), kStart));
  for (int i = 0; i < 100; ++i) EXPECT_FALSE(tellings.first("lan0", seen(9), kStart));
  EXPECT_TRUE(tellings.take(kLater - std::chrono::seconds(1)).devices.empty());
  const Tellings::Sums sums = tellings.take(kLater);
  ASSERT_EQ(sums.devices.size(), 1u);
  EXPECT_EQ(sums.devices[0].count, 100u);
  EXPECT_TRUE(tellings.first("lan0", seen(9), kLater));
}

TEST(Tellings, ten_minutes_are_each_devices_own) {
  Tellings tellings;
  tellings.first("lan0", seen(9), kStart);
  const auto between = kStart + std::chrono::minutes(9);
  tellings.first("lan0", seen(8), between);
  tellings.take(kLater);
  EXPECT_FALSE(tellings.first("lan0", seen(8), kLater));
}

TEST(Tellings, another_device_segment_or_finding_is_told) {
  Tellings tellings;
  EXPECT_TRUE(tellings.first("lan0", seen(9), kStart));
  EXPECT_TRUE(tellings.first("lan0", seen(8), kStart));
  EXPECT_TRUE(tellings.first("lan1", seen(9), kStart));
  EXPECT_TRUE(tellings.first("lan0", seen(9, Finding::pppoe), kStart));
}

TEST(Tellings, what_came_once_needs_no_sum) {
  Tellings tellings;
  tellings.first("lan0", seen(9), kStart);
  EXPECT_TRUE(tellings.take(kLater).devices.empty());
}

TEST(Tellings, a_flood_of_devices_costs_bounded_records_and_hides_no_other_finding) {
  Tellings tellings;
  std::size_t written = 0;
  for (unsigned i = 0; i < 100'000; ++i) {
    Sighting sighting = seen(0, Finding::unknown_device);
    sighting.mac.octets = {2,
                           0,
                           0,
                           static_cast<std::uint8_t>(i >> 16),
                           static_cast<std::uint8_t>(i >> 8),
                           static_cast<std::uint8_t>(i)};
    written += tellings.first("lan0", sighting, kStart) ? 1 : 0;
  }
  EXPECT_EQ(written, Tellings::kMostDevices);
  EXPECT_TRUE(tellings.first("lan0", seen(9, Finding::box_address_claimed), kStart));
  const Tellings::Sums sums = tellings.take(kLater);
  EXPECT_TRUE(sums.devices.empty());
  ASSERT_EQ(sums.others.size(), 1u);
  EXPECT_EQ(sums.others[0].finding, Finding::unknown_device);
  EXPECT_EQ(sums.others[0].count, 100'000u - Tellings::kMostDevices);
}

}  // namespace
}  // namespace gw::watch
