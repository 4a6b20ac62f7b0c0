// Whoever took over a proxyd or a dialerd gets a packet nowhere, and would where a wall is gone (ISO-09, W1,
// W2, W8, NET-10).

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>

#include "component/probe/probing.h"
#include "ipc/inherited.h"
#include "sys/namespaces.h"

namespace gw::probe {
namespace {

using model::ProofCase;
using net::tests::run;
using supervisor::RoleId;
using tests::any_of_way;
using tests::broken;

class Reach : public testing::Test {
 protected:
  void SetUp() override { net::tests::apply_all(stage, net::plan(configuration)); }

  tests::Cases from_wan(RoleId role, const std::string& place) const {
    return tests::probe_with({"reach", place, "0"}, role, &stage.wan, aims);
  }
  tests::Cases from_lan() const {
    std::array<UniqueFd, 4> sockets;
    {
      const auto visit = sys::NetworkVisit::enter(stage.lan.get());
      const std::pair<int, int> kinds[] = {
          {AF_INET, SOCK_STREAM}, {AF_INET6, SOCK_STREAM}, {AF_INET, SOCK_DGRAM}, {AF_INET6, SOCK_DGRAM}};
      for (std::size_t i = 0; i < sockets.size(); ++i)
        sockets[i].reset(::socket(kinds[i].first, kinds[i].second | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    }
    return tests::probe_with({"reach", "lan", "0"}, RoleId::proxyd, nullptr, aims,
                             {{sockets[0].get(), ipc::kSecondInputFd},
                              {sockets[1].get(), ipc::kThirdInputFd},
                              {sockets[2].get(), ipc::kReferenceFd},
                              {sockets[3].get(), ipc::kBeforeFd}});
  }
  static void expect_held(const tests::Cases& cases) {
    EXPECT_GT(cases.size(), 5u);
    for (const ProofCase& one : cases)
      EXPECT_EQ(one.outcome, ProofCase::Outcome::held) << one.tried << ": " << one.evidence;
  }

  const model::Configuration configuration = net::tests::two_tenants();
  const Aims aims = aims_of(configuration);
  net::tests::Stage stage;
};

TEST_F(Reach, sockets_of_ns_lan_in_a_proxyds_hands_reach_nobody) { expect_held(from_lan()); }

TEST_F(Reach, a_dialer_reaches_nothing_that_is_not_its_own) { expect_held(from_wan(RoleId::dialerd, "wan")); }

TEST_F(Reach, whoever_is_no_dialer_reaches_nothing) {
  expect_held(from_wan(RoleId::isolation_probe, "nobody"));
}

TEST_F(Reach, without_rules_the_clinics_devices_are_reached) {
  run(stage.lan, "nft flush ruleset");
  EXPECT_TRUE(any_of_way(broken(from_lan()), "W2"));
}

TEST_F(Reach, without_rules_the_others_clouds_and_foreign_resolvers_are_reached) {
  run(stage.wan, "nft flush ruleset");
  const auto found = broken(from_wan(RoleId::dialerd, "wan"));
  for (const char* way : {"W1", "W8", "NET-10"}) EXPECT_TRUE(any_of_way(found, way)) << way;
  EXPECT_FALSE(broken(from_wan(RoleId::isolation_probe, "nobody")).empty());
}

TEST_F(Reach, one_permission_too_many_is_found) {
  run(stage.wan, "nft add element inet sekisho permissions4 '{ 60900 . 17 . 192.0.2.0/24 . 853 }'");
  const auto found = broken(from_wan(RoleId::dialerd, "wan"));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found.front().tried, "udp to 192.0.2.1:853, DNS over TLS or QUIC");
}

}  // namespace
}  // namespace gw::probe
