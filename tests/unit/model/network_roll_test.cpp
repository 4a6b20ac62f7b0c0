#include "model/network_roll.h"

#include <gtest/gtest.h>

#include "unit/model/clinic.h"

namespace gw::model {
namespace {

using Side = NetworkRoll::Side;

Configuration clinic() {
  Configuration configuration;
  configuration.tenants.push_back(small_tenant());
  configuration.network.wan.interface = "wan0";
  configuration.network.wan.ipv4 = Ipv4Source::dhcp;
  LanSegment segment;
  segment.name = "ward";
  segment.interface = "lan0.20";
  segment.addresses = {*Prefix::parse("10.1.0.1/24")};
  segment.vlan = {"lan0", 20};
  segment.devices.resize(3);
  segment.serve.time = true;
  configuration.network.lan.push_back(segment);
  return configuration;
}

TEST(NetworkRoll, has_the_internets_side_first_and_each_segment) {
  const NetworkRoll roll = network_roll_of(clinic());
  ASSERT_EQ(roll.ports.size(), 2u);
  EXPECT_EQ(roll.ports[0].side, Side::wan);
  EXPECT_EQ(roll.ports[0].ipv4, Ipv4Source::dhcp);
  EXPECT_EQ(roll.ports[1].segment, "ward");
  EXPECT_EQ(roll.ports[1].vlan.parent, "lan0");
  EXPECT_EQ(roll.ports[1].devices, 3u);
  EXPECT_TRUE(roll.ports[1].time);
}

TEST(NetworkRoll, has_each_listener_with_the_services_behind_it) {
  Configuration configuration = clinic();
  configuration.management.emplace();
  configuration.management->interface = "mgmt0";
  configuration.management->listener = {*IpAddress::parse("10.19.1.1"), 8443};
  const NetworkRoll roll = network_roll_of(configuration);
  ASSERT_EQ(roll.listeners.size(), 2u);
  EXPECT_EQ(roll.listeners[0].tenant, "imaging");
  EXPECT_EQ(roll.listeners[0].services, std::vector<std::string>{"archive"});
  EXPECT_EQ(roll.listeners[1].tenant, "");
  EXPECT_EQ(roll.listeners[1].endpoint.port, 8443);
  EXPECT_EQ(roll.ports.back().side, Side::mgmt);
}

}  // namespace
}  // namespace gw::model
