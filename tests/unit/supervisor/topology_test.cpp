#include "daemons/supervisor/topology.h"

#include <gtest/gtest.h>
#include <linux/capability.h>

#include <set>
#include <string>

#include "model/configuration.h"
#include "model/operations_centre.h"

namespace gw::supervisor {
namespace {

TEST(Topology, no_two_processes_of_the_box_share_an_account) {
  std::set<std::uint32_t> accounts;
  accounts.insert(account_of(role(RoleId::dialerd), model::kNocTenant));
  std::size_t expected = 19;
  for (const RoleId one :
       {RoleId::conf_compile, RoleId::net_apply, RoleId::lan_watch, RoleId::wan_watch, RoleId::mgmt_watch,
        RoleId::isolation_probe, RoleId::evidence_sign, RoleId::dhcp_client, RoleId::namesd, RoleId::chronyd,
        RoleId::keyd, RoleId::tokend, RoleId::controld, RoleId::registrar, RoleId::renewer, RoleId::webd,
        RoleId::packet_capture, RoleId::agent})
    accounts.insert(account_of(role(one), model::TenantId{0}));
  for (std::uint16_t tenant = 0; tenant < model::kMaxTenants; ++tenant, expected += 3)
    for (const RoleId one : {RoleId::proxyd, RoleId::dialerd, RoleId::enrold})
      accounts.insert(account_of(role(one), model::TenantId{tenant}));
  EXPECT_EQ(accounts.size(), expected);
  EXPECT_EQ(accounts.count(0), 0u);
}

TEST(Topology, only_who_serves_the_kernel_rules_starts_with_a_capability_and_only_that_one) {
  for (const Role& one : roles()) {
    if (&one == &role(RoleId::dhcp_client) || &one == &role(RoleId::isolation_probe) ||
        &one == &role(RoleId::chronyd))
      continue;
    EXPECT_EQ(one.capabilities, one.serves_kernel_rules ? std::uint64_t{1} << CAP_NET_ADMIN : 0) << one.name;
  }
}

TEST(Topology, whoever_sends_frames_of_the_wire_stands_on_the_internets_side_or_nowhere_and_changes_no_rule) {
  const std::uint64_t frames = std::uint64_t{1} << CAP_NET_RAW;
  EXPECT_EQ(role(RoleId::isolation_probe).capabilities, frames);
  EXPECT_EQ(role(RoleId::isolation_probe).ground, Ground::none);
  for (const Role& one : roles()) {
    if ((one.capabilities & frames) == 0 || &one == &role(RoleId::isolation_probe)) continue;
    EXPECT_EQ(&one, &role(RoleId::dhcp_client));
    EXPECT_EQ(one.ground, Ground::wan);
    EXPECT_EQ(one.capabilities, frames | std::uint64_t{1} << CAP_NET_BIND_SERVICE);
  }
}

TEST(Topology, the_time_service_opens_a_low_port_and_has_no_other_power) {
  EXPECT_EQ(role(RoleId::chronyd).capabilities, std::uint64_t{1} << CAP_NET_BIND_SERVICE);
  EXPECT_EQ(role(RoleId::chronyd).ground, Ground::lan);
}

TEST(Topology, only_the_dialers_stand_where_an_interface_is) {
  for (const RoleId one : {RoleId::conf_compile, RoleId::proxyd, RoleId::enrold, RoleId::namesd, RoleId::keyd,
                           RoleId::tokend, RoleId::controld, RoleId::webd})
    EXPECT_EQ(role(one).ground, Ground::none);
  EXPECT_EQ(role(RoleId::dialerd).ground, Ground::wan);
}

TEST(Topology, everything_is_closed_before_an_interface_moves) {
  std::set<Ground> closed;
  for (const NetStep& step : base_steps()) closed.insert(step.ground);
  EXPECT_EQ(closed, (std::set<Ground>{Ground::lan, Ground::wan, Ground::mgmt}));
}

TEST(Topology, what_a_former_run_left_is_closed_before_an_interface_moves) {
  std::set<Ground> closed;
  for (const NetStep& step : inherited_steps()) {
    if (std::string(step.part) == "base")
      closed.insert(step.ground);
    else
      EXPECT_EQ(closed.size(), 3u) << step.part;
  }
}

}  // namespace
}  // namespace gw::supervisor
