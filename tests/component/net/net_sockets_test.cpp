#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <netinet/in.h>
#include <sys/fsuid.h>
#include <sys/socket.h>

#include <string>

#include "component/net/stage.h"
#include "component/net/traffic.h"
#include "model/accounts.h"
#include "net/plan.h"
#include "sys/namespaces.h"

// ISO-04, WLS-01: the sockets of a namespace are those of the plan; a stray one is named and closed.

namespace gw::net {
namespace {

using model::Family;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using tests::Answer;
using tests::at;
using tests::Kind;
using tests::listener;
using tests::look_again;
using tests::reaches;
using tests::run;
using tests::socket_of;
using tests::Stage;
using tests::two_tenants;

constexpr std::uint32_t kA = model::dialer_account(model::TenantId{0});

UniqueFd packet_socket(const UniqueFd& in, std::uint32_t account) {
  const auto visit = sys::NetworkVisit::enter(in.get());
  GW_CHECK(visit, "the tests run as root");
  ::setfsuid(account);
  // The file system's account does not change what the process may.
  UniqueFd made(::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, htons(ETH_P_ALL)));
  ::setfsuid(0);
  EXPECT_TRUE(made);
  return made;
}

class Sockets : public testing::Test {
 protected:
  void SetUp() override {
    apply_all(stage, wanted);
    ASSERT_TRUE(tests::net_apply(stage, "mgmt", mgmt, wanted));
    for (Side* side : {&lan, &wan, &other}) {
      auto first = look_again(side->deed, side->in, wanted, UniqueFd());
      ASSERT_TRUE(first) << first.error().to_text();
      side->listing = std::move(first->listing);
    }
  }

  struct Side {
    std::string deed;
    const UniqueFd& in;
    UniqueFd listing{};
  };
  Answer look(const Side& side) {
    auto answer = look_again(side.deed, side.in, wanted, side.listing);
    EXPECT_TRUE(answer) << answer.error().to_text();
    return answer ? *std::move(answer) : Answer{};
  }
  static std::string seen_by_others(const UniqueFd& in) { return run(in, "ss -Htuln"); }

  Stage stage;
  UniqueFd mgmt = *sys::make_network();
  const Plan wanted = plan(two_tenants());
  Side lan{"lan", stage.lan}, wan{"wan", stage.wan}, other{"mgmt", mgmt};
};

TEST_F(Sockets, a_stray_listener_is_named_and_closed_in_each_namespace) {
  for (const Side* side : {&lan, &wan, &other})
    for (const char* address : {"0.0.0.0", "::", "10.1.0.1"}) {
      const UniqueFd stray = listener(side->in, at(address, 8080));
      const std::string name =
          "listening TCP socket " + at(address, 8080).to_text() + " of account 0 is not ours";
      EXPECT_THAT(look(*side).repaired, Contains(name)) << side->deed;
      EXPECT_THAT(seen_by_others(side->in), Not(HasSubstr("8080"))) << side->deed << address;
      EXPECT_THAT(look(*side).repaired, IsEmpty()) << side->deed << address;
    }
}

/// The kernel gives its holder an error, but takes no port from a socket that was bound to it.
TEST_F(Sockets, a_stray_socket_of_datagrams_is_told_and_left) {
  for (const Side* side : {&lan, &wan, &other})
    for (const char* address : {"0.0.0.0", "::"}) {
      const UniqueFd stray = listener(side->in, at(address, 5353), Kind::datagram);
      const Answer answer = look(*side);
      EXPECT_THAT(answer.repaired, IsEmpty()) << side->deed;
      EXPECT_THAT(answer.left, Contains("UDP socket " + at(address, 5353).to_text() +
                                        " of account 0 is not ours and cannot be closed from here; the rules "
                                        "refuse its packets"))
          << side->deed;
    }
}

TEST_F(Sockets, a_stray_socket_of_datagrams_that_only_calls_is_closed) {
  const UniqueFd calls = socket_of(stage.wan, 1'000, Family::ipv4, Kind::datagram);
  tests::connect(calls, at("203.0.113.53", 53), true);
  EXPECT_THAT(look(wan).repaired, Contains(testing::ContainsRegex("UDP socket 203.0.113.2:[0-9]+ of account "
                                                                  "1000 is not ours")));
  EXPECT_THAT(run(stage.wan, "ss -Huan"), IsEmpty());
}

TEST_F(Sockets, the_openings_have_their_listeners_and_a_missing_one_is_named) {
  const UniqueFd v4 = listener(stage.lan, at("10.1.0.1", 443)),
                 v6 = listener(stage.lan, at("fd00:1::1", 443));
  const Answer one_short = look(lan);
  EXPECT_THAT(one_short.repaired, IsEmpty());
  EXPECT_THAT(one_short.left,
              testing::ElementsAre("nobody listens at TCP 10.1.0.1:2762, which the plan opens"));
  const UniqueFd last = listener(stage.lan, at("10.1.0.1", 2762));
  EXPECT_THAT(look(lan).left, IsEmpty());
  EXPECT_THAT(seen_by_others(stage.lan), HasSubstr("10.1.0.1:2762"));
}

TEST_F(Sockets, an_opening_of_the_plan_is_no_listener_in_wan) {
  const UniqueFd stray = listener(stage.wan, at("10.1.0.1", 443));
  EXPECT_THAT(look(wan).repaired, Contains(HasSubstr("listening TCP socket 10.1.0.1:443")));
}

TEST_F(Sockets, a_dialer_calls_and_asks_undisturbed) {
  const UniqueFd service = listener(stage.cloud, at("198.51.100.1", 443)),
                 resolver = listener(stage.cloud, at("203.0.113.53", 53), Kind::datagram);
  const UniqueFd calls = socket_of(stage.wan, kA, Family::ipv4),
                 asks = socket_of(stage.wan, kA + 1, Family::ipv4, Kind::datagram);
  ASSERT_TRUE(reaches(calls, at("198.51.100.1", 443)));
  ASSERT_TRUE(tests::datagram_arrives(asks, at("203.0.113.53", 53), resolver));
  const Answer answer = look(wan);
  EXPECT_THAT(answer.repaired, IsEmpty());
  EXPECT_THAT(answer.left, IsEmpty());
  EXPECT_TRUE(tests::write_all(calls, "on"));
}

TEST_F(Sockets, a_caller_without_a_permission_is_closed) {
  run(stage.wan, "nft insert rule inet sekisho input accept; nft insert rule inet sekisho output accept");
  const UniqueFd service = listener(stage.cloud, at("198.51.100.1", 443)),
                 calls = socket_of(stage.wan, 1'000, Family::ipv4);
  ASSERT_TRUE(reaches(calls, at("198.51.100.1", 443)));
  EXPECT_THAT(look(wan).repaired,
              Contains(testing::ContainsRegex("calling TCP socket 203.0.113.2:[0-9]+ of account "
                                              "1000 is not ours")));
  EXPECT_FALSE(tests::write_all(calls, "on"));
}

TEST_F(Sockets, what_cannot_be_closed_is_told_and_left) {
  for (const Side* side : {&lan, &wan, &other}) {
    const UniqueFd raw = tests::raw_socket(side->in, IPPROTO_TCP), packet = packet_socket(side->in, 0);
    for (int looks = 0; looks < 2; ++looks) {
      const Answer answer = look(*side);
      EXPECT_THAT(answer.repaired, IsEmpty());
      EXPECT_THAT(answer.left,
                  Contains("raw socket :: for protocol 6 of account 0 is not ours and cannot be closed "
                           "from here; the rules refuse its packets"))
          << side->deed;
      EXPECT_THAT(answer.left,
                  Contains("packet socket of account 0 is not ours and cannot be closed from here; it "
                           "stands in front of the rules: end its process"))
          << side->deed;
    }
  }
}

TEST_F(Sockets, the_boxes_own_have_their_place_in_their_own_namespace_only) {
  const auto told_of = [&](const Side& side, std::uint32_t account) {
    const UniqueFd packet = packet_socket(side.in, account);
    return look(side).left;
  };
  const auto is_packet = HasSubstr("packet socket");
  EXPECT_THAT(told_of(lan, model::kLanWatchAccount), Not(Contains(is_packet)));
  EXPECT_THAT(told_of(lan, model::kDhcpAccount), Contains(is_packet));
  EXPECT_THAT(told_of(wan, model::kDhcpAccount), Not(Contains(is_packet)));
  EXPECT_THAT(told_of(wan, model::kWanWatchAccount), Contains(is_packet));
  EXPECT_THAT(told_of(other, model::kLanWatchAccount), Contains(is_packet));
}

}  // namespace
}  // namespace gw::net
