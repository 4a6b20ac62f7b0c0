// The real sekisho-watchd under its account and behind its walls, in a namespace whose kernel the test
// changes. The test is its supervisor.

#include <fstream>

#include "component/watch/watchd_under_test.h"

namespace gw::watch {
namespace {

TEST_F(WatchdTest, somebody_flushes_the_rules_and_it_is_told) {  // ISO-01
  run("nft flush ruleset");
  EXPECT_TRUE(hears(Msg::changed));
}

TEST_F(WatchdTest, forwarding_that_is_switched_on_is_told) {
  run("sysctl -qw net.ipv4.ip_forward=1");
  EXPECT_TRUE(hears(Msg::changed));
  hears_nothing();
  run("sysctl -qw net.ipv6.conf.all.forwarding=1");
  EXPECT_TRUE(hears(Msg::changed));
}

TEST_F(WatchdTest, a_new_interface_address_route_or_rule_is_told) {
  for (const char* change :
       {"ip link add extra type bridge", "ip link set extra up", "ip addr add 10.9.0.1/24 dev extra",
        "ip -6 addr add fd09::1/64 dev extra nodad", "ip route add 10.10.0.0/16 via 10.9.0.2",
        "ip rule add from 10.1.0.0/16 table 100"}) {
    run(change);
    EXPECT_TRUE(hears(Msg::changed)) << change;
    hears_nothing();
  }
}

TEST_F(WatchdTest, a_neighbour_that_was_set_by_hand_is_told_and_a_learnt_one_is_not) {
  run("ip link add extra type veth peer name far && ip link set extra addrgenmode none &&"
      "ip link set far addrgenmode none && ip link set extra up && ip link set far up &&"
      "ip addr add 10.9.0.1/24 dev extra && ip -6 addr add fd09::1/64 dev extra nodad");
  hears_nothing();
  for (const char* learnt : {"ip neigh add 10.9.0.2 lladdr 02:00:00:00:00:02 dev extra nud reachable",
                             "ip -6 neigh add fd09::2 lladdr 02:00:00:00:00:02 dev extra nud stale",
                             "ip neigh del 10.9.0.2 dev extra"}) {
    run(learnt);
    EXPECT_FALSE(wait_for(control.first, std::chrono::milliseconds(400))) << learnt;
  }
  for (const char* set : {"ip neigh add 10.9.0.3 lladdr 02:00:00:00:00:03 dev extra nud permanent",
                          "ip -6 neigh add fd09::3 lladdr 02:00:00:00:00:03 dev extra nud permanent",
                          "ip neigh add 10.9.0.4 lladdr 02:00:00:00:00:04 dev extra extern_learn"}) {
    run(set);
    EXPECT_TRUE(hears(Msg::changed)) << set;
    hears_nothing();
  }
}

TEST_F(WatchdTest, a_bridges_static_entry_is_told_and_a_learnt_one_is_not) {
  run("ip link add extra type bridge && ip link add port type veth peer name far &&"
      "ip link set port master extra && ip link set extra up && ip link set port up && ip link set far up");
  hears_nothing();
  run("bridge fdb add 02:00:00:00:00:02 dev port master dynamic");
  EXPECT_FALSE(wait_for(control.first, std::chrono::milliseconds(400)));
  run("bridge fdb add 02:00:00:00:00:03 dev port master static");
  EXPECT_TRUE(hears(Msg::changed));
}

TEST_F(WatchdTest, a_quiet_kernel_is_not_reported) {
  EXPECT_FALSE(wait_for(control.first, std::chrono::milliseconds(500)));
}

TEST_F(WatchdTest, a_refused_packet_is_written_down_with_its_tenant) {  // WLS-03
  const msg::Owners owners{{{"karte", 60'900, {*model::IpAddress::parse("127.0.0.66")}}}, {}};
  const UniqueFd sealed = *sys::seal(encode(owners), "owners");
  ASSERT_TRUE(control.first.send(ipc::type_number(Msg::owners), 0, {}, {sealed.get()}));
  run("ip link add extra type bridge");
  ASSERT_TRUE(hears(Msg::changed)) << "so the owners have been read";
  knock("127.0.0.66", 22);
  const Event* event = record(EventId::packet_refused);
  ASSERT_NE(event, nullptr);
  EXPECT_EQ(text(*event, Field::tenant), "karte");
  EXPECT_EQ(text(*event, Field::reason), "not_listening");
  EXPECT_EQ(text(*event, Field::interface), "lo");
  EXPECT_EQ(text(*event, Field::protocol), "tcp");
  EXPECT_EQ(text(*event, Field::source), "127.0.0.1");
  EXPECT_EQ(text(*event, Field::destination), "127.0.0.66");
  EXPECT_EQ(text(*event, Field::destination_port), "22");
}

TEST_F(WatchdTest, who_tries_one_port_after_the_other_is_recognised) {  // IDS-01
  for (std::uint16_t port = 1; port <= 40; ++port) knock("127.0.0.66", port);
  const Event* event = record(EventId::scan_of_ports);
  ASSERT_NE(event, nullptr);
  EXPECT_EQ(text(*event, Field::source), "127.0.0.1");
}

TEST_F(WatchdTest, it_keeps_no_capability) {
  std::ifstream status("/proc/" + std::to_string(watchd->pid) + "/status");
  int seen = 0;
  for (std::string line; std::getline(status, line);) {
    if (!line.starts_with("CapPrm") && !line.starts_with("CapEff") && !line.starts_with("CapAmb")) continue;
    ++seen;
    EXPECT_TRUE(line.ends_with("0000000000000000")) << line;
  }
  EXPECT_EQ(seen, 3);
}

TEST_F(WatchdTest, garbage_from_the_supervisors_place_ends_it) {
  ASSERT_TRUE(control.first.send(99, 0, {}));
  sys::wait_until_dead(*watchd);
}

}  // namespace
}  // namespace gw::watch
