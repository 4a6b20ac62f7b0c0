// A source that no segment has is refused by two rules; this asks whether the list of the segments' prefixes
// would do alone, where a route to the source stands and the kernel's own checks are away (W3, ISO-03,
// ISO-08).

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "component/net/stage.h"
#include "component/net/traffic.h"

namespace gw::isolation {
namespace {

using net::tests::at;
using net::tests::run;

class SourcesTest : public testing::Test {
 protected:
  void SetUp() override {
    net::tests::apply_all(stage, net::plan(net::tests::two_tenants()));
    run(stage.lan,
        "sysctl -qw net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.lan0.rp_filter=0 "
        "net.ipv4.conf.all.arp_filter=0 net.ipv4.conf.lan0.arp_filter=0");
  }
  /// From an address that the terminal gives itself and to which the box has a route.
  UniqueFd routed_liar(const std::string& from, const std::string& prefix) const {
    run(stage.lan, "ip route add " + prefix + " dev lan0");
    run(stage.clinic,
        "ip addr add " + from + " dev clinic0" + (from.find(':') == std::string::npos ? "" : " nodad"));
    UniqueFd liar = net::tests::socket_of(stage.clinic, 0, at(from.c_str(), 0).address.family());
    net::tests::bind(liar, at(from.c_str(), 0));
    return liar;
  }
  net::tests::Stage stage;
};

struct Lie {
  const char* from;
  const char* prefix;
  const char* box;
};
constexpr Lie kLies[] = {{"172.31.1.1", "172.31.0.0/16", "10.1.0.1"},
                         {"fd00:99::1", "fd00:99::/64", "fd00:1::1"}};

TEST_F(SourcesTest, a_route_does_not_make_a_source_a_segments_own) {
  for (const auto& [from, prefix, box] : kLies) {
    const UniqueFd door = net::tests::listener(stage.lan, at(box, 443));
    EXPECT_TRUE(net::tests::is_silent(routed_liar(from, prefix), at(box, 443))) << from;
  }
}

TEST_F(SourcesTest, the_same_liar_is_believed_where_the_list_has_its_prefix) {
  for (const auto& [from, prefix, box] : kLies) {
    const std::string family = std::string(from).find(':') == std::string::npos ? "4" : "6";
    run(stage.lan, "nft 'add element inet sekisho sources" + family + " { \"lan0\" . " + prefix + " }'");
    const UniqueFd door = net::tests::listener(stage.lan, at(box, 443));
    EXPECT_TRUE(net::tests::reaches(routed_liar(from, prefix), at(box, 443))) << from;
  }
}

}  // namespace
}  // namespace gw::isolation
