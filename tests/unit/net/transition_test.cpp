#include "net/transition.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "net/coverage.h"
#include "unit/net/two_tenants.h"

// What stands between two configurations allows nothing that one of them does not (ISO-01, W6).

namespace gw::net {
namespace {

using tests::address;
using tests::prefix;
using tests::two_tenants;

/// A packet that begins something.
struct Arrival {
  std::string interface;
  model::IpAddress source;
  model::Endpoint to;
  Protocol protocol;
};
struct Departure {
  std::uint32_t account;
  Protocol protocol;
  model::Endpoint to;
};

bool allows(const AnsweringSide& side, const Arrival& packet) {
  return std::any_of(side.sources.begin(), side.sources.end(),
                     [&](const Source& s) {
                       return s.interface == packet.interface && s.prefix.contains(packet.source);
                     }) &&
         std::find(side.openings.begin(), side.openings.end(),
                   Opening{packet.interface, packet.to, packet.protocol}) != side.openings.end();
}

bool allows(const CallingSide& side, const Departure& packet) {
  return std::none_of(side.forbidden.begin(), side.forbidden.end(),
                      [&](const model::Prefix& p) { return p.contains(packet.to.address); }) &&
         std::any_of(side.permissions.begin(), side.permissions.end(), [&](const Permission& p) {
           return p.account == packet.account && p.protocol == packet.protocol && p.port == packet.to.port &&
                  p.destination.contains(packet.to.address);
         });
}

/// Small worlds, so that chance meets the edges often.
class World {
 public:
  explicit World(unsigned seed) : random_(seed) {}

  std::uint32_t below(std::uint32_t limit) { return static_cast<std::uint32_t>(random_() % limit); }
  model::IpAddress any_address() {
    model::IpAddress::Octets octets{10};
    octets[2] = static_cast<std::uint8_t>(below(3));
    octets[3] = static_cast<std::uint8_t>(below(16) << 4);
    return {below(2) == 0 ? model::Family::ipv4 : model::Family::ipv6, octets};
  }
  model::Prefix any_prefix() {
    return model::Prefix{any_address(), static_cast<std::uint8_t>(16 + below(17))}.network();
  }
  std::string any_interface() { return below(2) == 0 ? "lan0" : "lan1"; }
  std::uint16_t any_port() { return static_cast<std::uint16_t>(1 + below(2)); }
  std::uint32_t any_account() {
    return model::dialer_account(model::TenantId(static_cast<std::uint16_t>(below(2))));
  }
  Protocol any_protocol() { return below(2) == 0 ? Protocol::tcp : Protocol::udp; }

  Plan any_plan() {
    Plan out;
    for (int i = 0; i < 8; ++i) {
      out.lan.openings.push_back({any_interface(), {any_address(), any_port()}, any_protocol()});
      out.lan.sources.push_back({any_interface(), any_prefix()});
      out.wan.permissions.push_back({any_account(), any_protocol(), any_prefix(), any_port()});
    }
    out.wan.forbidden = {any_prefix(), any_prefix()};
    sort_once(out.lan.openings);
    keep_outermost(out.lan.sources);
    keep_outermost(out.wan.permissions);
    keep_outermost(out.wan.forbidden);
    return out;
  }

 private:
  std::mt19937 random_;
};

TEST(Narrowed, allows_exactly_what_both_allow) {
  std::size_t allowed = 0;
  for (unsigned seed = 0; seed < 300; ++seed) {
    World world(seed);
    const Plan before = world.any_plan(), after = world.any_plan(), both = narrowed(before, after);
    for (const Opening& opening : before.lan.openings)
      for (int i = 0; i < 20; ++i) {
        const Arrival packet{opening.interface, world.any_address(), opening.endpoint, opening.protocol};
        const bool wanted = allows(before.lan, packet) && allows(after.lan, packet);
        ASSERT_EQ(allows(both.lan, packet), wanted) << seed;
        allowed += wanted;
      }
    for (int i = 0; i < 300; ++i) {
      const Departure packet{
          world.any_account(), world.any_protocol(), {world.any_address(), world.any_port()}};
      const bool wanted = allows(before.wan, packet) && allows(after.wan, packet);
      ASSERT_EQ(allows(both.wan, packet), wanted) << seed;
      allowed += wanted;
    }
  }
  EXPECT_GT(allowed, 1'000u) << "or nothing was tried";
}

TEST(Narrowed, between_equal_plans_is_that_plan) {
  const Plan same = plan(two_tenants());
  EXPECT_EQ(narrowed(same, same), same);
}

TEST(Narrowed, is_a_plan_that_travels) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    World world(seed);
    const Plan both = narrowed(world.any_plan(), world.any_plan());
    const auto read = decode<Plan>(encode(both));
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, both);
  }
}

TEST(Narrowed, has_the_addresses_of_both_and_the_later_gateway) {
  model::Configuration later = two_tenants();
  later.network.lan[0].addresses = {prefix("10.1.0.2/24"), prefix("fd00:1::1/56")};
  later.network.lan[1].interface = "lan2";
  later.network.wan.gateways = {address("203.0.113.9")};
  const Plan both = narrowed(plan(two_tenants()), plan(later));
  ASSERT_EQ(both.lan.links.size(), 3u);
  EXPECT_EQ(both.lan.links[0].addresses,
            (std::vector{prefix("10.1.0.1/24"), prefix("10.1.0.2/24"), prefix("fd00:1::1/56")}));
  EXPECT_EQ(both.lan.links[1].interface, "lan1");
  EXPECT_EQ(both.lan.links[2].interface, "lan2");
  EXPECT_EQ(both.wan.links[0].gateways, std::vector{address("203.0.113.9")});
}

TEST(Narrowed, an_interface_that_becomes_a_port_is_a_port_at_once) {
  model::Configuration later = two_tenants();
  later.network.lan[0].ports = {"lan0", "lan5"};
  later.network.lan[0].interface = "rooms0";
  const Plan both = narrowed(plan(two_tenants()), plan(later));
  ASSERT_EQ(both.lan.links.size(), 2u);
  EXPECT_EQ(both.lan.links[0].interface, "lan1");
  EXPECT_EQ(both.lan.links[1].interface, "rooms0");
  const Plan back = narrowed(plan(later), plan(two_tenants()));
  ASSERT_EQ(back.lan.links.size(), 2u);
  EXPECT_EQ(back.lan.links[0].interface, "lan0");
  EXPECT_TRUE(back.lan.links[0].ports.empty());
}

TEST(Narrowed, a_service_found_by_name_and_then_fixed_keeps_its_fixed_addresses) {
  model::Configuration later = two_tenants();
  later.tenants[1].services[0].upstream.addresses = {address("192.0.2.7")};
  later.tenants[1].services.pop_back();
  const Plan both = narrowed(plan(two_tenants()), plan(later));
  const std::uint32_t account = model::dialer_account(model::TenantId(1));
  EXPECT_TRUE(allows(both.wan, {account, Protocol::tcp, {address("192.0.2.7"), 8443}}));
  EXPECT_FALSE(allows(both.wan, {account, Protocol::tcp, {address("192.0.2.8"), 8443}}));
}

TEST(Narrowed, a_clinic_network_of_either_is_forbidden) {
  model::Configuration later = two_tenants();
  later.network.clinic_prefixes = {prefix("172.16.0.0/12")};
  const Plan both = narrowed(plan(two_tenants()), plan(later));
  for (const char* one : {"172.16.0.0/12", "192.168.0.0/16"})
    EXPECT_NE(std::find(both.wan.forbidden.begin(), both.wan.forbidden.end(), prefix(one)),
              both.wan.forbidden.end());
}

}  // namespace
}  // namespace gw::net
