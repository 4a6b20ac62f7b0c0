#include <gtest/gtest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <string>

#include "component/net/stage.h"
#include "component/net/traffic.h"
#include "model/accounts.h"

namespace gw::net {
namespace {

using model::Family;
using tests::at;
using tests::is_silent;
using tests::Kind;
using tests::listener;
using tests::net_apply;
using tests::reaches;
using tests::socket_of;
using tests::Stage;
using tests::two_tenants;

constexpr std::uint32_t kA = model::dialer_account(model::TenantId{0});
constexpr std::uint32_t kB = model::dialer_account(model::TenantId{1});

class WanRules : public testing::Test {
 protected:
  void SetUp() override { apply_all(stage, plan(two_tenants())); }
  Stage stage;
};

TEST_F(WanRules, a_dialer_reaches_its_own_service_and_not_another_tenants) {
  for (const char* address : {"198.51.100.1", "2001:db8:a::1"}) {
    const UniqueFd of_a = listener(stage.cloud, at(address, 443)),
                   of_b = listener(stage.cloud, at(address, 8443));
    EXPECT_TRUE(reaches(stage.wan, kA, at(address, 443))) << address;
    EXPECT_TRUE(reaches(stage.wan, kB, at(address, 8443))) << address;
    EXPECT_TRUE(is_silent(stage.wan, kA, at(address, 8443))) << address;
    EXPECT_TRUE(is_silent(stage.wan, kB, at(address, 443))) << address;
  }
}

TEST_F(WanRules, fixed_addresses_are_the_only_ones_and_a_name_leads_anywhere) {
  for (const char* address : {"198.51.100.9", "2001:db8:b::9"}) {
    const UniqueFd of_a = listener(stage.cloud, at(address, 443)),
                   of_b = listener(stage.cloud, at(address, 8443));
    EXPECT_TRUE(is_silent(stage.wan, kA, at(address, 443))) << address;
    EXPECT_TRUE(reaches(stage.wan, kB, at(address, 8443))) << address;
  }
}

TEST_F(WanRules, no_dialer_reaches_a_clinic_address_that_lies_outside) {
  for (const char* address : {"192.168.7.7", "fd00:7::7"}) {
    const UniqueFd trap = listener(stage.cloud, at(address, 8443));
    EXPECT_TRUE(is_silent(stage.wan, kB, at(address, 8443))) << address;
  }
}

TEST_F(WanRules, whoever_is_no_dialer_reaches_nothing) {
  const UniqueFd service = listener(stage.cloud, at("198.51.100.1", 443));
  const std::uint32_t others[] = {0, model::kNetApplyAccount, model::proxy_account(model::TenantId{0}),
                                  kB + 1};
  for (const std::uint32_t account : others)
    EXPECT_TRUE(is_silent(stage.wan, account, at("198.51.100.1", 443)));
}

TEST_F(WanRules, dialers_ask_the_resolver_and_no_other) {
  const UniqueFd resolver = listener(stage.cloud, at("203.0.113.53", 53), Kind::datagram);
  const UniqueFd other = listener(stage.cloud, at("203.0.113.1", 53), Kind::datagram);
  for (const std::uint32_t account : {kA, kB}) {
    const UniqueFd question = socket_of(stage.wan, account, Family::ipv4, Kind::datagram);
    EXPECT_TRUE(tests::datagram_arrives(question, at("203.0.113.53", 53), resolver));
    EXPECT_FALSE(tests::datagram_arrives(question, at("203.0.113.1", 53), other));
  }
}

TEST_F(WanRules, a_resolvers_answer_comes_back) {
  const UniqueFd resolver = listener(stage.cloud, at("203.0.113.53", 53), Kind::datagram);
  const UniqueFd question = socket_of(stage.wan, kA, Family::ipv4, Kind::datagram);
  ASSERT_TRUE(reaches(question, at("203.0.113.53", 53)));
  ASSERT_TRUE(tests::write_all(question, "?"));
  sockaddr_storage from{};
  socklen_t size = sizeof from;
  char byte = 0;
  ASSERT_EQ(::recvfrom(resolver.get(), &byte, 1, 0, reinterpret_cast<sockaddr*>(&from), &size), 1);
  ASSERT_EQ(::sendto(resolver.get(), "!", 1, 0, reinterpret_cast<sockaddr*>(&from), size), 1);
  EXPECT_EQ(::recv(question.get(), &byte, 1, MSG_DONTWAIT), 1);
}

TEST_F(WanRules, nothing_comes_in_from_outside) {
  for (const char* address : {"203.0.113.2", "2001:db8::2"}) {
    const UniqueFd stray = listener(stage.wan, at(address, 443));
    EXPECT_TRUE(is_silent(stage.cloud, 0, at(address, 443))) << address;
    EXPECT_TRUE(is_silent(stage.cloud, 0, at(address, 22))) << address;
    EXPECT_FALSE(tests::answers_echo(stage.cloud, address)) << address;
  }
}

TEST_F(WanRules, a_re_aimed_socket_reaches_its_makers_services_only) {
  for (const char* address : {"198.51.100.1", "2001:db8:a::1"}) {
    const UniqueFd of_a = listener(stage.cloud, at(address, 443)),
                   of_b = listener(stage.cloud, at(address, 8443));
    const UniqueFd socket = socket_of(stage.wan, kA, at(address, 443).address.family());
    ASSERT_TRUE(reaches(socket, at(address, 443)));
    tests::dissolve(socket);
    EXPECT_TRUE(is_silent(socket, at(address, 8443))) << address;
    tests::dissolve(socket);
    EXPECT_TRUE(reaches(socket, at(address, 443))) << address;
  }
}

/// Goes away without a word on the wire, as after a power cut.
void vanish(UniqueFd& socket) {
  const int silently = 1;
  ASSERT_EQ(::setsockopt(socket.get(), IPPROTO_TCP, TCP_REPAIR, &silently, sizeof silently), 0);
  socket.reset();
}

TEST_F(WanRules, a_flow_left_behind_by_one_dialer_does_not_carry_another) {
  const UniqueFd service = listener(stage.cloud, at("198.51.100.1", 443));
  for (const auto& [account, admitted] : {std::pair{kB, false}, {kA, true}}) {
    UniqueFd first = socket_of(stage.wan, kA, Family::ipv4);
    ASSERT_TRUE(reaches(first, at("198.51.100.1", 443)));
    UniqueFd peer = tests::accept(service);
    sockaddr_in own{};
    socklen_t size = sizeof own;
    ASSERT_EQ(::getsockname(first.get(), reinterpret_cast<sockaddr*>(&own), &size), 0);
    vanish(first);
    vanish(peer);

    const UniqueFd second = socket_of(stage.wan, account, Family::ipv4);
    ASSERT_EQ(::bind(second.get(), reinterpret_cast<sockaddr*>(&own), size), 0);
    EXPECT_NE(is_silent(second, at("198.51.100.1", 443)), admitted) << account;
  }
}

TEST_F(WanRules, the_last_bytes_of_a_closed_socket_arrive) {
  const UniqueFd service = listener(stage.cloud, at("198.51.100.1", 443));
  UniqueFd socket = socket_of(stage.wan, kA, Family::ipv4);
  const int large = 1 << 22;
  ::setsockopt(socket.get(), SOL_SOCKET, SO_SNDBUF, &large, sizeof large);
  ASSERT_TRUE(reaches(socket, at("198.51.100.1", 443)));
  const UniqueFd peer = tests::accept(service);
  const std::string record(1 << 20, 'x');
  ASSERT_TRUE(tests::write_all(socket, record));
  socket.reset();
  EXPECT_TRUE(tests::read_all(peer) == record);
}

TEST_F(WanRules, a_running_session_survives_a_change_beside_it_but_not_of_its_own_end) {
  const UniqueFd service = listener(stage.cloud, at("198.51.100.1", 443));
  const UniqueFd socket = socket_of(stage.wan, kA, Family::ipv4);
  ASSERT_TRUE(reaches(socket, at("198.51.100.1", 443)));
  const UniqueFd peer = tests::accept(service);

  model::Configuration wider = two_tenants();
  wider.tenants[0].services[0].upstream.addresses.push_back(*model::IpAddress::parse("198.51.100.9"));
  ASSERT_TRUE(net_apply(stage, "wan", stage.wan, plan(wider)));
  ASSERT_TRUE(tests::write_all(socket, "on"));
  char bytes[8];
  EXPECT_TRUE(tests::arrives(peer));
  EXPECT_EQ(::recv(peer.get(), bytes, sizeof bytes, MSG_DONTWAIT), 2);

  model::Configuration moved = two_tenants();
  moved.tenants[0].services[0].upstream.addresses = {*model::IpAddress::parse("198.51.100.9")};
  ASSERT_TRUE(net_apply(stage, "wan", stage.wan, plan(moved)));
  EXPECT_TRUE(is_silent(stage.wan, kA, at("198.51.100.1", 443))) << "nobody new";
  ASSERT_TRUE(tests::write_all(socket, "off"));
  EXPECT_FALSE(tests::arrives_soon(peer)) << "and nobody old (W6)";
}

}  // namespace
}  // namespace gw::net
