#include "probe/aims.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "unit/net/two_tenants.h"

namespace gw::probe {
namespace {

using model::IpAddress;

bool has(const std::vector<Aim>& aims, const std::string& way, net::Protocol protocol,
         const std::string& endpoint) {
  return std::any_of(aims.begin(), aims.end(), [&](const Aim& aim) {
    return aim.way == way && aim.protocol == protocol && aim.endpoint.to_text() == endpoint;
  });
}

/// Two tenants of two_tenants.h: A's cloud has fixed addresses, B's is found by name.
class AimsTest : public testing::Test {
 protected:
  const model::Configuration configuration = net::tests::two_tenants();
  const Aims aims = aims_of(configuration);
  const net::Plan plan = net::plan(configuration);
  const TenantAims& of(std::uint16_t tenant) const { return aims.tenants.at(tenant); }
};

TEST_F(AimsTest, a_tenant_aims_at_every_listener_of_the_other_and_at_none_of_its_own) {
  for (const model::Listener& listener : configuration.tenants[1].listeners)
    EXPECT_TRUE(has(of(0).lan, "W1", net::Protocol::tcp, listener.endpoint.to_text()));
  for (const model::Listener& listener : configuration.tenants[0].listeners)
    EXPECT_FALSE(has(of(0).lan, "W1", net::Protocol::tcp, listener.endpoint.to_text()));
}

TEST_F(AimsTest, a_dialer_aims_at_nothing_that_it_may_reach) {
  for (const TenantAims& tenant : aims.tenants)
    for (const Aim& aim : tenant.wan)
      for (const net::Permission& permission : plan.wan.permissions) {
        const bool allowed = permission.account == model::dialer_account(tenant.tenant) &&
                             permission.protocol == aim.protocol && permission.port == aim.endpoint.port &&
                             permission.destination.contains(aim.endpoint.address);
        EXPECT_FALSE(allowed && aim.way != "W8") << aim.what << " " << aim.endpoint.to_text();
      }
}

TEST_F(AimsTest, a_dialer_aims_at_the_other_tenants_cloud) {
  for (const IpAddress& address : configuration.tenants[0].services[0].upstream.addresses)
    EXPECT_TRUE(has(of(1).wan, "W1", net::Protocol::tcp,
                    model::Endpoint{address, configuration.tenants[0].services[0].upstream.port}.to_text()));
}

TEST_F(AimsTest, each_segment_and_each_clinic_prefix_is_aimed_at_from_the_clouds_side) {
  const auto inside = [&](const model::Prefix& prefix) {
    return std::any_of(of(0).wan.begin(), of(0).wan.end(), [&](const Aim& aim) {
      return aim.way == "W8" && prefix.contains(aim.endpoint.address);
    });
  };
  for (const model::LanSegment& segment : configuration.network.lan)
    for (const model::Prefix& prefix : segment.addresses) EXPECT_TRUE(inside(prefix)) << prefix.to_text();
  for (const model::Prefix& prefix : configuration.network.clinic_prefixes)
    EXPECT_TRUE(inside(prefix)) << prefix.to_text();
}

TEST_F(AimsTest, a_neighbour_is_never_the_box_itself) {
  const auto is_own = [&](const Aim& aim) {
    return aim.way == "W2" && std::count(aims.lan.own.begin(), aims.lan.own.end(), aim.endpoint.address) != 0;
  };
  for (const TenantAims& tenant : aims.tenants)
    EXPECT_EQ(std::count_if(tenant.lan.begin(), tenant.lan.end(), is_own), 0);
}

TEST_F(AimsTest, a_stranger_knocks_where_terminals_do_and_poses_as_them) {
  EXPECT_EQ(aims.lan.listeners.size(), plan.lan.openings.size());
  EXPECT_TRUE(aims.wan.listeners.empty());
  EXPECT_FALSE(aims.wan.own.empty());
  EXPECT_FALSE(aims.wan.posed.empty());
  EXPECT_FALSE(aims.mgmt.beyond.empty());
}

TEST_F(AimsTest, many_tenants_make_a_bounded_list) {
  model::Configuration many = configuration;
  for (std::uint16_t id = 2; id < model::kMaxTenants; ++id) {
    many.tenants.push_back(many.tenants[1]);
    many.tenants.back().id = model::TenantId{id};
  }
  const Aims all = aims_of(many);
  ASSERT_EQ(all.tenants.size(), model::kMaxTenants);
  for (const TenantAims& tenant : all.tenants) EXPECT_LE(tenant.wan.size(), kMostAims);
  EXPECT_TRUE(decode<Aims>(encode(all)));
}

TEST_F(AimsTest, the_same_configuration_makes_the_same_aims) {
  EXPECT_EQ(encode(aims), encode(aims_of(configuration)));
  const auto read = decode<Aims>(encode(aims));
  ASSERT_TRUE(read);
  EXPECT_EQ(encode(*read), encode(aims));
}

}  // namespace
}  // namespace gw::probe
