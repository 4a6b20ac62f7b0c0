// Input and output are two walls, and each must hold without the other: silence after a question proves only
// that one of them stands. So here a single datagram is enough to get through, and nobody has to answer it;
// the neighbours know each other's hardware addresses (W7, ISO-04, ISO-08).

#include <gtest/gtest.h>
#include <sys/socket.h>

#include <string>
#include <utility>

#include "component/net/stage.h"
#include "component/net/traffic.h"

namespace gw::isolation {
namespace {

using net::tests::at;
using net::tests::Kind;
using net::tests::run;
using net::tests::Stage;

constexpr std::uint16_t kPort = 5000;
struct Ends {
  const char* box;
  const char* neighbour;
};
constexpr Ends kLan[] = {{"10.1.0.1", "10.1.0.9"}, {"fd00:1::1", "fd00:1::9"}};
constexpr Ends kWan[] = {{"203.0.113.2", "203.0.113.1"}, {"2001:db8::2", "2001:db8::1"}};

std::string hardware(const UniqueFd& in, const std::string& interface) {
  const std::string marker = "link/ether ", listed = run(in, "ip -o link show dev " + interface);
  return listed.substr(listed.find(marker) + marker.size(), 17);
}

/// Each end knows where the other is, without asking.
void introduce(const UniqueFd& in, const std::string& interface, const std::string& address,
               const std::string& lladdr) {
  run(in, "ip neigh replace " + address + " lladdr " + lladdr + " dev " + interface + " nud permanent");
}

bool gets_through(const UniqueFd& from, const char* source, const UniqueFd& to, const char* target) {
  const UniqueFd waiting = net::tests::listener(to, at(target, kPort), Kind::datagram);
  const UniqueFd sender = net::tests::socket_of(from, 0, at(target, kPort).address.family(), Kind::datagram);
  net::tests::bind(sender, at(source, kPort));
  // Refused by a rule already, or on its way.
  if (net::tests::connect(sender, at(target, kPort), true) != net::tests::Outcome::connected) return false;
  if (::send(sender.get(), "?", 1, 0) != 1) return false;
  return net::tests::arrives_soon(waiting);
}

/// Which of the two walls between a neighbour and the box let a datagram through.
std::string open_walls(const UniqueFd& box, const UniqueFd& neighbour, const Ends& ends) {
  std::string found;
  if (gets_through(neighbour, ends.neighbour, box, ends.box)) found += "input ";
  if (gets_through(box, ends.box, neighbour, ends.neighbour)) found += "output ";
  return found;
}

TEST(DirectionsTest, before_the_first_configuration_each_is_closed_by_itself) {
  const Stage stage;
  ASSERT_TRUE(net_apply_bytes(stage, "base", stage.lan, UniqueFd()));
  ASSERT_TRUE(net_apply(stage, "links", stage.arrivals, net::plan(net::tests::two_tenants())));
  run(stage.lan, "ip addr add 10.1.0.1/24 dev lan0");
  run(stage.lan, "ip addr add fd00:1::1/64 dev lan0 nodad");
  run(stage.lan, "ip link set lan0 up");
  const std::string box = hardware(stage.lan, "lan0"), clinic = hardware(stage.clinic, "clinic0");
  for (const Ends& ends : kLan) {
    introduce(stage.lan, "lan0", ends.neighbour, clinic);
    introduce(stage.clinic, "clinic0", ends.box, box);
    EXPECT_EQ(open_walls(stage.lan, stage.clinic, ends), "") << ends.box;
  }
  run(stage.lan, "nft flush ruleset");
  for (const Ends& ends : kLan)
    EXPECT_EQ(open_walls(stage.lan, stage.clinic, ends), "input output ") << "nothing was on trial";
}

TEST(DirectionsTest, toward_the_clinic_and_toward_the_cloud_each_is_closed_by_itself) {
  const Stage stage;
  apply_all(stage, net::plan(net::tests::two_tenants()));
  for (const Ends& ends : kLan) EXPECT_EQ(open_walls(stage.lan, stage.clinic, ends), "") << ends.box;
  for (const Ends& ends : kWan) EXPECT_EQ(open_walls(stage.wan, stage.cloud, ends), "") << ends.box;
  for (const UniqueFd* ground : {&stage.lan, &stage.wan}) run(*ground, "nft flush ruleset");
  for (const Ends& ends : kLan) EXPECT_EQ(open_walls(stage.lan, stage.clinic, ends), "input output ");
  for (const Ends& ends : kWan) EXPECT_EQ(open_walls(stage.wan, stage.cloud, ends), "input output ");
}

}  // namespace
}  // namespace gw::isolation
