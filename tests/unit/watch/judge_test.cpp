#include "watch/judge.h"

#include <gmock/gmock.h>

#include "unit/watch/frames.h"

namespace gw::watch {
namespace {

using namespace tests;
using model::Finding;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

constexpr Instant kStart{std::chrono::hours(1)};
constexpr std::uint8_t kTcp = 6, kUdp = 17, kIcmpv6 = 58;

model::LanSegment segment() {
  model::LanSegment out;
  out.interface = "lan0";
  out.addresses = {*model::Prefix::parse("10.1.0.1/24"), *model::Prefix::parse("fd00::1/64")};
  return out;
}

class JudgeTest : public testing::Test {
 protected:
  model::LanSegment here = segment();
  std::optional<Judge> judge;
  Instant now = kStart;

  std::vector<Sighting> see(const Octets& bytes) {
    if (!judge) judge.emplace(here);
    return judge->see(*read_frame(bytes), now);
  }
  std::vector<Finding> find(const Octets& bytes) {
    std::vector<Finding> out;
    for (const Sighting& sighting : see(bytes)) out.push_back(sighting.finding);
    return out;
  }
  /// Who is refused because of this frame.
  std::vector<model::IpAddress> refused(const Octets& bytes) {
    std::vector<model::IpAddress> out;
    for (const Sighting& sighting : see(bytes))
      for (const model::IpAddress& address : judge->to_refuse(sighting, now)) out.push_back(address);
    return out;
  }
};

TEST_F(JudgeTest, a_terminal_that_talks_to_the_box_and_its_neighbours_is_nothing) {
  for (const Octets& bytes :
       {arp(9, "10.1.0.9", "10.1.0.1"), arp(9, "10.1.0.9", "10.1.0.20"), arp(9, "0.0.0.0", "10.1.0.9"),
        ipv6(9, kIcmpv6, "fe80::9", "ff02::1", icmpv6(135, "fd00::1")),
        ipv6(9, kIcmpv6, "::", "ff02::1", icmpv6(135, "fd00::9")),
        ipv6(9, kIcmpv6, "fd00::9", "ff02::1", icmpv6(136, "fd00::9")),
        ipv4(9, kUdp, "0.0.0.0", "255.255.255.255", udp(68, dhcp(1, 1))),
        ipv4(9, kUdp, "169.254.3.4", "169.254.255.255"), ipv4(9, kTcp, "10.1.0.9", "10.1.0.1", {}, false)})
    EXPECT_THAT(find(bytes), IsEmpty());
}

TEST_F(JudgeTest, a_dhcp_server_that_nobody_declared_is_found) {  // ISO-05
  here.dhcp_servers = {ip("10.1.0.2"), ip("fe80::2")};
  const auto offer = [](const std::string& server) {
    return ipv4(9, kUdp, server, "255.255.255.255", udp(67, dhcp(2, 2, "10.1.0.254")));
  };
  EXPECT_THAT(find(offer("10.1.0.2")), IsEmpty());
  EXPECT_THAT(find(offer("10.1.0.66")), ElementsAre(Finding::dhcp_server));
  EXPECT_THAT(find(ipv6(9, kUdp, "fe80::2", "fe80::7", udp(547, {2, 0, 0, 1}))), IsEmpty());
  EXPECT_THAT(find(ipv6(9, kUdp, "fe80::66", "fe80::7", udp(547, {2, 0, 0, 1}))),
              ElementsAre(Finding::dhcp_server));
}

TEST_F(JudgeTest, a_router_that_nobody_declared_is_found) {  // ISO-08
  here.routers = {ip("fe80::2")};
  const auto announce = [](const std::string& router) {
    return ipv6(9, kIcmpv6, router, "ff02::1", icmpv6(134));
  };
  EXPECT_THAT(find(announce("fe80::2")), IsEmpty());
  EXPECT_THAT(find(announce("fe80::66")), ElementsAre(Finding::router_advertisement));
  EXPECT_THAT(find(ipv6(9, kIcmpv6, "fe80::2", "fe80::7", icmpv6(137))), ElementsAre(Finding::redirect));
}

TEST_F(JudgeTest, who_looks_for_a_gateway_of_another_network_has_one) {
  EXPECT_THAT(find(arp(9, "10.1.0.9", "192.168.7.1")), ElementsAre(Finding::foreign_gateway));
  EXPECT_THAT(find(arp(9, "192.168.7.2", "192.168.7.1")), ElementsAre(Finding::foreign_gateway));
  EXPECT_THAT(find(ipv6(9, kIcmpv6, "fe80::9", "ff02::1", icmpv6(135, "2001:db8:bad::1"))),
              ElementsAre(Finding::foreign_gateway));
}

TEST_F(JudgeTest, who_looks_for_a_router_that_was_offered_here_follows_it) {
  EXPECT_THAT(find(arp(9, "10.1.0.9", "10.1.0.254")), IsEmpty()) << "a printer, for all we know";
  see(ipv4(66, kUdp, "10.1.0.66", "255.255.255.255", udp(67, dhcp(2, 2, "10.1.0.254"))));
  EXPECT_THAT(find(arp(9, "10.1.0.9", "10.1.0.254")), ElementsAre(Finding::foreign_gateway));
  see(ipv6(66, kIcmpv6, "fe80::66", "ff02::1", icmpv6(134)));
  EXPECT_THAT(find(ipv6(9, kIcmpv6, "fd00::9", "ff02::1", icmpv6(135, "fe80::66"))),
              ElementsAre(Finding::foreign_gateway));
}

TEST_F(JudgeTest, a_declared_router_may_be_looked_for) {
  here.routers = {ip("10.1.0.254")};
  see(ipv4(66, kUdp, "10.1.0.66", "255.255.255.255", udp(67, dhcp(2, 2, "10.1.0.254"))));
  EXPECT_THAT(find(arp(9, "10.1.0.9", "10.1.0.254")), IsEmpty());
}

TEST_F(JudgeTest, an_address_of_another_network_is_found_however_it_shows) {
  for (const Octets& bytes :
       {arp(9, "192.168.7.2", "192.168.7.2"), arp(9, "0.0.0.0", "192.168.7.2"),
        ipv4(9, kUdp, "192.168.7.2", "192.168.7.255"), ipv6(9, kUdp, "2001:db8:bad::9", "ff02::fb"),
        ipv6(9, kIcmpv6, "::", "ff02::1", icmpv6(135, "2001:db8:bad::9")),
        ipv6(9, kIcmpv6, "fe80::9", "ff02::1", icmpv6(136, "2001:db8:bad::9"))})
    EXPECT_THAT(find(bytes), ElementsAre(Finding::foreign_source));
}

TEST_F(JudgeTest, whoever_claims_the_boxs_address_is_found_in_both_families) {
  EXPECT_THAT(find(arp(9, "10.1.0.1", "10.1.0.1")), ElementsAre(Finding::box_address_claimed));
  EXPECT_THAT(find(ipv6(9, kIcmpv6, "fe80::9", "ff02::1", icmpv6(136, "fd00::1"))),
              ElementsAre(Finding::box_address_claimed));
}

TEST_F(JudgeTest, two_devices_with_one_address_are_found) {
  see(arp(9, "10.1.0.9", "10.1.0.1"));
  EXPECT_THAT(find(arp(8, "10.1.0.9", "10.1.0.1")), ElementsAre(Finding::duplicate_address));
}

TEST_F(JudgeTest, what_is_sent_to_the_box_for_others_is_found) {
  EXPECT_THAT(find(ipv4(9, kTcp, "10.1.0.9", "198.51.100.1", {}, false)),
              ElementsAre(Finding::used_as_router));
  EXPECT_THAT(find(ipv6(9, kTcp, "fd00::9", "2001:db8::1", {}, false)), ElementsAre(Finding::used_as_router));
  EXPECT_THAT(find(ipv4(9, kTcp, "10.1.0.9", "255.255.255.255", {}, false)), IsEmpty());
}

TEST_F(JudgeTest, a_dial_up_session_is_found) {
  EXPECT_THAT(find(ethernet(9, 0x8863)), ElementsAre(Finding::pppoe));
}

TEST_F(JudgeTest, without_a_list_of_devices_everybody_may_be_there) {
  EXPECT_THAT(find(arp(9, "10.1.0.9", "10.1.0.1")), IsEmpty());
}

TEST_F(JudgeTest, with_a_list_a_device_is_known_by_its_mac_and_its_addresses) {  // LAN-03
  here.devices = {{"desk-1", mac(1), {ip("10.1.0.11")}}, {"desk-2", mac(2), {}}};
  EXPECT_THAT(find(arp(1, "10.1.0.11", "10.1.0.1")), IsEmpty());
  EXPECT_THAT(find(arp(1, "0.0.0.0", "10.1.0.11")), IsEmpty());
  EXPECT_THAT(find(ipv6(1, kIcmpv6, "fe80::9", "ff02::1", icmpv6(135, "fd00::1"))), IsEmpty());
  EXPECT_THAT(find(arp(2, "10.1.0.77", "10.1.0.1")), IsEmpty()) << "no addresses: whichever it has";
  EXPECT_THAT(find(arp(1, "10.1.0.12", "10.1.0.1")), ElementsAre(Finding::unknown_device));
  EXPECT_THAT(find(arp(9, "10.1.0.9", "10.1.0.1")), ElementsAre(Finding::unknown_device));
}

TEST_F(JudgeTest, a_declared_server_is_no_unknown_device) {
  here.devices = {{"desk-1", mac(1), {}}};
  here.dhcp_servers = {ip("10.1.0.2")};
  EXPECT_THAT(find(arp(9, "10.1.0.2", "10.1.0.1")), IsEmpty());
}

// ---------------------------------------------------------------- who is refused

class RefusalTest : public JudgeTest {
 protected:
  void SetUp() override { here.second_path = model::SecondPath::refuse_terminal; }
  static Octets hello(std::uint8_t from, const std::string& address) {
    return arp(from, address, "10.1.0.1");
  }
};

TEST_F(RefusalTest, a_terminal_with_a_way_past_the_box_is_refused_under_all_its_addresses) {
  see(hello(9, "10.1.0.9"));
  see(ipv6(9, kIcmpv6, "fd00::9", "ff02::1", icmpv6(135, "fd00::1")));
  EXPECT_THAT(refused(arp(9, "192.168.7.2", "192.168.7.1")),
              UnorderedElementsAre(ip("10.1.0.9"), ip("fd00::9")));
}

TEST_F(RefusalTest, alert_refuses_nobody) {
  here.second_path = model::SecondPath::alert;
  EXPECT_THAT(refused(arp(9, "10.1.0.9", "192.168.7.1")), IsEmpty());
}

TEST_F(RefusalTest, an_alarm_refuses_nobody) {
  see(hello(9, "10.1.0.9"));
  for (const Octets& bytes :
       {arp(9, "10.1.0.1", "10.1.0.1"), ipv6(9, kIcmpv6, "fe80::9", "ff02::1", icmpv6(134)),
        ipv4(9, kUdp, "10.1.0.9", "255.255.255.255", udp(67, dhcp(2, 2))),
        ipv4(9, kTcp, "10.1.0.9", "198.51.100.1", {}, false),
        ipv6(9, kIcmpv6, "fe80::9", "fe80::7", icmpv6(137))})
    EXPECT_THAT(refused(bytes), IsEmpty());
}

TEST_F(RefusalTest, who_forges_anothers_address_gets_neither_refused) {
  see(hello(9, "10.1.0.9"));
  EXPECT_THAT(refused(arp(66, "10.1.0.9", "192.168.7.1")), IsEmpty());
  EXPECT_THAT(refused(arp(9, "10.1.0.9", "192.168.7.1")), IsEmpty()) << "while it is in doubt";
  now += Neighbourhood::kDoubt;
  EXPECT_THAT(refused(arp(9, "10.1.0.9", "192.168.7.1")), ElementsAre(ip("10.1.0.9")));
}

TEST_F(RefusalTest, who_writes_anothers_mac_into_its_arp_is_taken_for_itself) {
  see(hello(9, "10.1.0.9"));
  Octets forged = arp(66, "10.1.0.9", "192.168.7.1");
  forged[14 + 13] = 9;  // "this is 02:..:09 speaking"
  EXPECT_THAT(refused(forged), IsEmpty());
}

TEST_F(RefusalTest, an_address_declared_for_another_device_is_not_refused) {
  here.devices = {{"desk-1", mac(1), {ip("10.1.0.11")}}};
  EXPECT_THAT(refused(hello(66, "10.1.0.11")), IsEmpty()) << "the desk is switched off and says nothing";
  EXPECT_THAT(refused(hello(67, "10.1.0.67")), ElementsAre(ip("10.1.0.67")));
}

TEST_F(RefusalTest, a_declared_router_is_not_refused) {
  here.routers = {ip("10.1.0.254")};
  EXPECT_THAT(refused(arp(9, "10.1.0.254", "192.168.7.1")), IsEmpty());
}

}  // namespace
}  // namespace gw::watch
