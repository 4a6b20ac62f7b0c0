#include <gtest/gtest.h>
#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <functional>
#include <string>
#include <vector>

#include "component/net/stage.h"
#include "component/net/traffic.h"
#include "model/accounts.h"

// Every reason of gateway/net/refusal.h, given by a packet that was really sent.

namespace gw::net {
namespace {

using model::Family;
using tests::at;
using tests::is_silent;
using tests::listener;
using tests::net_apply;
using tests::net_apply_bytes;
using tests::reaches;
using tests::run;
using tests::socket_of;
using tests::Stage;
using tests::two_tenants;

constexpr std::uint32_t kA = model::dialer_account(model::TenantId{0});

/// How many packets were refused for this reason.
int refused(const UniqueFd& in, const std::string& reason) {
  const std::string chain = run(in, "nft list chain inet sekisho refused_" + reason);
  const std::string marker = "counter packets ";
  return std::stoi(chain.substr(chain.find(marker) + marker.size()));
}

class Refusals : public testing::Test {
 protected:
  void SetUp() override { apply_all(stage, plan(two_tenants())); }

  /// Puts the kernel's own walls against strange sources away: the rules are on trial.
  void trust_sources() const {
    run(stage.lan,
        "sysctl -qw net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.lan0.rp_filter=0 "
        "net.ipv4.conf.all.arp_filter=0 net.ipv4.conf.lan0.arp_filter=0");
  }
  void expect_refused(const UniqueFd& in, const std::string& reason, const std::function<void()>& act) const {
    const int before = refused(in, reason);
    act();
    EXPECT_GT(refused(in, reason), before) << reason << "\n"
                                           << run(in, "nft list ruleset | grep -B1 -A2 ' [1-9][0-9]* bytes'");
  }
  /// From an address that the clinic's end is given for it.
  void try_from(const char* from, const char* to) const {
    EXPECT_TRUE(is_silent(stage.clinic, 0, at(to, 80))) << "the neighbours know each other now";
    run(stage.clinic, std::string("ip addr add ") + from + " dev clinic0" +
                          (std::string(from).find(':') == std::string::npos ? "" : " nodad"));
    const UniqueFd liar = socket_of(stage.clinic, 0, at(to, 443).address.family());
    tests::bind(liar, at(from, 0));
    EXPECT_TRUE(is_silent(liar, at(to, 443))) << from;
  }

  Stage stage;
};

TEST_F(Refusals, on_the_clinics_side_have_their_reasons) {
  for (const char* address : {"10.1.0.1", "fd00:1::1"})
    expect_refused(stage.lan, "not_listening",
                   [&] { EXPECT_TRUE(is_silent(stage.clinic, 0, at(address, 80))); });
  for (const char* address : {"10.1.0.9", "fd00:1::9"})
    expect_refused(stage.lan, "outgoing", [&] { EXPECT_TRUE(is_silent(stage.lan, 0, at(address, 104))); });
  expect_refused(stage.lan, "broadcast", [&] {
    const UniqueFd socket = socket_of(stage.clinic, 0, Family::ipv4, tests::Kind::datagram);
    const int yes = 1;
    ::setsockopt(socket.get(), SOL_SOCKET, SO_BROADCAST, &yes, sizeof yes);
    const UniqueFd waiting = listener(stage.lan, at("10.1.0.255", 137), tests::Kind::datagram);
    EXPECT_FALSE(tests::datagram_arrives(socket, at("10.1.0.255", 137), waiting));
  });
}

TEST_F(Refusals, on_the_internets_side_have_their_reasons) {  // ISO-04
  for (const char* address : {"203.0.113.2", "2001:db8::2"})
    expect_refused(stage.wan, "unsolicited",
                   [&] { EXPECT_TRUE(is_silent(stage.cloud, 0, at(address, 443))); });
  for (const char* address : {"192.168.7.7", "fd00:7::7"})
    expect_refused(stage.wan, "forbidden", [&] { EXPECT_TRUE(is_silent(stage.wan, kA, at(address, 443))); });
  for (const char* address : {"198.51.100.1", "2001:db8:a::1"}) {
    expect_refused(stage.wan, "no_dialer", [&] { EXPECT_TRUE(is_silent(stage.wan, 0, at(address, 443))); });
    expect_refused(stage.wan, "not_permitted",
                   [&] { EXPECT_TRUE(is_silent(stage.wan, kA, at(address, 8443))); });
  }
}

/// A TCP header alone.
void send_flags(const UniqueFd& in, const model::Endpoint& to, std::uint8_t flags) {
  std::string segment(20, '\0');
  segment[2] = static_cast<char>(to.port >> 8);
  segment[3] = static_cast<char>(to.port & 0xff);
  segment[12] = 0x50;  // five words of header
  segment[13] = static_cast<char>(flags);
  tests::send_tcp_segment(in, to.address, segment);
}

TEST_F(Refusals, of_strange_segments_have_their_reasons) {  // W6
  constexpr std::uint8_t kFinSynAck = 19, kAck = 16;
  run(stage.lan, "sysctl -qw net.netfilter.nf_conntrack_checksum=0");
  for (const char* address : {"10.1.0.1", "fd00:1::1"}) {
    expect_refused(stage.lan, "malformed", [&] { send_flags(stage.clinic, at(address, 443), kFinSynAck); });
    expect_refused(stage.lan, "invalid", [&] { send_flags(stage.clinic, at(address, 443), kAck); });
  }
  run(stage.lan, "sysctl -qw net.netfilter.nf_conntrack_tcp_loose=1");
  for (const char* address : {"10.1.0.1", "fd00:1::1"})
    expect_refused(stage.lan, "midstream", [&] { send_flags(stage.clinic, at(address, 444), kAck); });
}

TEST_F(Refusals, of_everything_before_the_first_configuration_have_their_reason) {  // W7
  ASSERT_TRUE(net_apply_bytes(stage, "base", stage.lan, UniqueFd()));
  expect_refused(stage.lan, "closed", [&] { EXPECT_TRUE(is_silent(stage.clinic, 0, at("10.1.0.1", 443))); });
}

TEST_F(Refusals, a_source_of_no_segment_is_spoofed) {  // W3
  trust_sources();
  for (const auto& [from, to] : {std::pair{"172.31.1.1", "10.1.0.1"}, {"fd00:99::1", "fd00:1::1"}})
    expect_refused(stage.lan, "spoofed", [&] { try_from(from, to); });
}

TEST_F(Refusals, each_rule_against_spoofing_stands_alone) {  // W3
  trust_sources();
  for (const auto& [from, to] : {std::pair{"172.31.1.1", "10.1.0.1"}, {"fd00:99::1", "fd00:1::1"}}) {
    const std::string family = std::string(from).find(':') == std::string::npos ? "4" : "6";
    const std::string within = family == "4" ? "172.31.0.0/16" : "fd00:99::/64";
    run(stage.lan, "nft 'add element inet sekisho sources" + family + " { \"lan0\" . " + within + " }'");
    expect_refused(stage.lan, "spoofed", [&] { try_from(from, to); });
  }
}

TEST_F(Refusals, a_source_of_another_segment_is_spoofed) {  // W3, ISO-03
  model::Configuration wide = two_tenants();
  wide.network.lan.push_back(
      {"labs", "lan1", {*model::Prefix::parse("10.2.0.1/24"), *model::Prefix::parse("fd00:2::1/64")}});
  run(stage.arrivals, "ip link add lan1 type veth peer name lab0 netns " + tests::path_of(stage.cloud));
  apply_all(stage, plan(wide));
  trust_sources();
  for (const auto& [from, to] : {std::pair{"10.2.0.9", "10.1.0.1"}, {"fd00:2::9", "fd00:1::1"}})
    expect_refused(stage.lan, "spoofed", [&] { try_from(from, to); });
}

TEST_F(Refusals, a_clinic_address_that_comes_from_the_internet_is_spoofed) {  // W8
  for (const auto& [from, to] : {std::pair{"192.168.7.7", "203.0.113.2"}, {"fd00:7::7", "2001:db8::2"}})
    expect_refused(stage.wan, "spoofed", [&] {
      run(stage.wan, "sysctl -qw net.ipv4.conf.all.arp_filter=0 net.ipv4.conf.wan0.arp_filter=0");
      EXPECT_TRUE(is_silent(stage.cloud, 0, at(to, 443))) << "the neighbours know each other now";
      const UniqueFd liar = socket_of(stage.cloud, 0, at(to, 443).address.family());
      tests::bind(liar, at(from, 0));
      EXPECT_TRUE(is_silent(liar, at(to, 443)));
    });
}

class Floods : public Refusals {
 protected:
  void limit(SourceLimits limits) {
    Plan limited = plan(two_tenants());
    limited.lan.per_source = limits;
    ASSERT_TRUE(net_apply(stage, "lan", stage.lan, limited));
    run(stage.clinic, "ip addr add 10.1.0.8/24 dev clinic0");
    run(stage.clinic, "ip addr add fd00:1::8/64 dev clinic0 nodad");
  }
  UniqueFd from(const char* address) {
    UniqueFd socket = socket_of(stage.clinic, 0, at(address, 0).address.family());
    tests::bind(socket, at(address, 0));
    return socket;
  }
  struct Sources {
    const char* box;
    const char* loud;
    const char* quiet;
  };
  static constexpr Sources kSources[] = {{"10.1.0.1", "10.1.0.9", "10.1.0.8"},
                                         {"fd00:1::1", "fd00:1::9", "fd00:1::8"}};
};

TEST_F(Floods, a_source_begins_no_more_connections_than_its_share_and_others_notice_nothing) {  // CAP-02
  limit({.connections = 3, .open = 1'000});
  for (const Sources& sources : kSources) {
    const UniqueFd door = listener(stage.lan, at(sources.box, 443));
    expect_refused(stage.lan, "flood", [&] {
      int connected = 0;
      for (int i = 0; i < 12; ++i)
        connected +=
            tests::connect(from(sources.loud), at(sources.box, 443), false) == tests::Outcome::connected;
      EXPECT_GE(connected, 3);
      EXPECT_LT(connected, 12);
    });
    EXPECT_TRUE(reaches(from(sources.quiet), at(sources.box, 443)));
  }
}

TEST_F(Floods, a_source_holds_no_more_connections_than_its_share_and_may_again_when_one_ends) {  // CAP-02
  limit({.connections = 1'000, .open = 3});
  for (const Sources& sources : kSources) {
    const UniqueFd door = listener(stage.lan, at(sources.box, 443));
    std::vector<UniqueFd> held;
    for (int i = 0; i < 3; ++i) {
      held.push_back(from(sources.loud));
      ASSERT_TRUE(reaches(held.back(), at(sources.box, 443))) << i;
    }
    expect_refused(stage.lan, "flood",
                   [&] { EXPECT_TRUE(is_silent(from(sources.loud), at(sources.box, 443))); });
    EXPECT_TRUE(reaches(from(sources.quiet), at(sources.box, 443)));
    const linger at_once{1, 0};
    ::setsockopt(held.back().get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    held.pop_back();
    EXPECT_TRUE(reaches(from(sources.loud), at(sources.box, 443)));
  }
}

/// RFC 4861 4.3, with the hop limit that makes it count.
void solicit(const UniqueFd& in, const model::IpAddress& target, int times) {
  const UniqueFd socket = tests::raw_socket(in, IPPROTO_ICMPV6);
  const int hops = 255;
  ::setsockopt(socket.get(), IPPROTO_IPV6, IPV6_UNICAST_HOPS, &hops, sizeof hops);
  std::array<std::uint8_t, 24> message{ND_NEIGHBOR_SOLICIT};
  std::copy(target.octets().begin(), target.octets().end(), message.begin() + 8);
  sockaddr_in6 to{};
  to.sin6_family = AF_INET6;
  std::copy(target.octets().begin(), target.octets().end(), to.sin6_addr.s6_addr);
  for (int i = 0; i < times; ++i)
    ::sendto(socket.get(), message.data(), message.size(), 0, reinterpret_cast<sockaddr*>(&to), sizeof to);
}

TEST_F(Floods, of_solicitations_are_cut_and_honest_ones_are_answered) {
  const model::IpAddress box = *model::IpAddress::parse("fd00:1::1");
  solicit(stage.clinic, box, 50);
  EXPECT_EQ(refused(stage.lan, "flood"), 0);
  expect_refused(stage.lan, "flood", [&] { solicit(stage.clinic, box, 2'000); });
}

}  // namespace
}  // namespace gw::net
