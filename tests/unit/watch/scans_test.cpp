#include "watch/scans.h"

#include <gtest/gtest.h>

#include "unit/watch/refusals.h"

namespace gw::watch {
namespace {

using tests::refused;

constexpr Instant kStart{std::chrono::hours(1)};

TEST(Scans, many_ports_of_one_address_are_a_port_scan) {  // IDS-01
  Scans scans;
  std::size_t told = 0;
  for (std::uint16_t port = 1; port <= 1'000; ++port)
    if (const auto kind = scans.see(refused("10.1.0.1", port).packet, kStart)) {
      EXPECT_EQ(*kind, Scans::Kind::ports);
      EXPECT_EQ(port, Scans::kManyPorts);
      ++told;
    }
  EXPECT_EQ(told, 1u) << "told once, not for each port";
}

TEST(Scans, one_port_of_many_addresses_is_a_sweep) {
  Scans scans;
  std::optional<Scans::Kind> seen;
  for (std::size_t host = 1; host <= Scans::kManyAddresses; ++host)
    seen = scans.see(refused("10.1.0." + std::to_string(host), 445).packet, kStart);
  EXPECT_EQ(seen, Scans::Kind::addresses);
}

TEST(Scans, a_terminal_that_tries_one_door_again_and_again_is_none) {
  Scans scans;
  for (int i = 0; i < 10'000; ++i) EXPECT_FALSE(scans.see(refused("10.1.0.1", 8080).packet, kStart));
}

TEST(Scans, doors_tried_at_leisure_over_many_minutes_are_none) {
  Scans scans;
  for (std::uint16_t i = 0; i < 100; ++i)
    EXPECT_FALSE(scans.see(refused("10.1.0.1", i).packet, kStart + i * std::chrono::seconds(10)));
}

TEST(Scans, who_goes_on_is_told_again_after_an_hour) {
  Scans scans;
  const auto scan = [&](Instant when) {
    bool told = false;
    for (std::uint16_t port = 1; port <= 100; ++port)
      told |= scans.see(refused("10.1.0.1", port).packet, when).has_value();
    return told;
  };
  EXPECT_TRUE(scan(kStart));
  EXPECT_FALSE(scan(kStart + std::chrono::minutes(59)));
  EXPECT_TRUE(scan(kStart + std::chrono::minutes(61)));
}

TEST(Scans, more_sources_than_can_be_followed_do_not_push_out_those_that_are) {
  Scans scans;
  for (std::size_t i = 0; i < 2 * Scans::kMostSources; ++i) {
    Packet packet = refused("10.1.0.1", 22).packet;
    packet.source.address = tests::address("10.9." + std::to_string(i / 250) + "." + std::to_string(i % 250));
    EXPECT_FALSE(scans.see(packet, kStart));
  }
  Packet packet = refused("10.1.0.1", 22).packet;
  packet.source.address = tests::address("10.9.0.0");
  bool told = false;
  for (std::uint16_t port = 100; port < 200; ++port) {
    packet.destination.port = port;
    told |= scans.see(packet, kStart).has_value();
  }
  EXPECT_TRUE(told);
}

}  // namespace
}  // namespace gw::watch
