#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "base/bytes.h"
#include "base/codec.h"
#include "model/accounts.h"
#include "unit/model/clinic.h"

namespace gw::model {
namespace {

/// Two tenants whose every text and number is their own.
Configuration two_tenants() {
  Configuration configuration;
  configuration.generation = Generation(5);
  configuration.network.lan = {{"clinic", "eth0", {*Prefix::parse("10.1.0.1/24")}}};
  configuration.network.clinic_prefixes = {*Prefix::parse("192.168.7.9/16")};
  configuration.network.resolvers = {{*IpAddress::parse("203.0.113.53"), 53}};
  for (const std::uint16_t number : {std::uint16_t{0}, std::uint16_t{1}}) {
    Tenant tenant = small_tenant();
    const std::string mark = number == 0 ? "alpha" : "bravo";
    tenant.id = TenantId(number);
    tenant.name = mark;
    tenant.terminal_anchors = {{.pem = mark + " anchors"}};
    tenant.terminals[0].match_value = "urn:sekisho:" + mark + ":ct";
    tenant.services[0].name = mark + " archive";
    tenant.services[0].upstream.server_name = mark + ".example";
    tenant.services[0].upstream.credential.key_file = mark + ".key";
    configuration.tenants.push_back(tenant);
  }
  return configuration;
}

template <class Bytes>
bool mentions(const Bytes& sealed, std::string_view word) {
  return as_text(sealed).find(word) != std::string_view::npos;
}

TEST(SliceTest, a_snapshot_holds_nothing_of_another_tenant) {
  const Configuration configuration = two_tenants();
  const auto sealed = Snapshot::encode(configuration.generation, configuration.tenants[0]);
  EXPECT_TRUE(mentions(sealed, "alpha"));
  EXPECT_FALSE(mentions(sealed, "bravo"));
}

TEST(SliceTest, a_dial_table_holds_nothing_of_another_tenant) {
  const auto sealed = encode(dial_table_of(two_tenants(), TenantId(1)));
  EXPECT_TRUE(mentions(sealed, "bravo.example"));
  EXPECT_FALSE(mentions(sealed, "alpha"));
}

TEST(SliceTest, a_dial_table_holds_no_terminal_key_or_anchor) {
  const auto sealed = encode(dial_table_of(two_tenants(), TenantId(0)));
  for (const char* word : {"urn:", "key", "anchors"}) EXPECT_FALSE(mentions(sealed, word)) << word;
}

TEST(SliceTest, a_dial_table_forbids_the_whole_network_of_each_clinic_address) {
  const DialTable table = dial_table_of(two_tenants(), TenantId(0));
  EXPECT_EQ(table.generation, Generation(5));
  for (const char* text : {"10.1.0.0/24", "192.168.0.0/16"})
    EXPECT_NE(std::find(table.forbidden.begin(), table.forbidden.end(), *Prefix::parse(text)),
              table.forbidden.end())
        << text;
}

TEST(SliceTest, the_wiring_gives_each_tenant_its_own_keys_and_listeners) {
  const Wiring wiring = wiring_of(two_tenants());
  ASSERT_EQ(wiring.compartments.size(), 2u);
  for (const auto& compartment : wiring.compartments) {
    EXPECT_EQ(compartment.listeners.size(), 1u);
    for (const Wiring::Key& key : compartment.keys)
      EXPECT_TRUE(key.file.empty() || key.file == compartment.name + ".key") << key.file;
  }
}

TEST(AccountsTest, no_two_processes_of_the_largest_box_share_an_account) {
  std::vector<std::uint32_t> accounts{kCompileAccount, kNetApplyAccount};
  for (std::uint16_t tenant = 0; tenant < kMaxTenants; ++tenant) {
    accounts.push_back(proxy_account(TenantId(tenant)));
    accounts.push_back(dialer_account(TenantId(tenant)));
  }
  std::sort(accounts.begin(), accounts.end());
  EXPECT_EQ(std::adjacent_find(accounts.begin(), accounts.end()), accounts.end());
  EXPECT_GE(accounts.front(), 60'578u);
  EXPECT_LE(accounts.back(), 61'183u);
}

TEST(Slice, browsers_are_told_one_door_for_each_cloud) {
  Tenant tenant = small_tenant();
  tenant.services[0].mode = Mode::wrap;
  Listener other = tenant.listeners[0];
  other.id = ListenerId(1);
  other.endpoint = {*IpAddress::parse("fd00::1"), 8443};
  tenant.listeners.insert(tenant.listeners.begin(), other);
  const ProxyDoor expected{"archive.example", 11112, "[fd00::1]:8443"};
  EXPECT_EQ(proxy_doors_of(tenant), std::vector<ProxyDoor>{expected});
  tenant.services[0].downstream.server_names = {"archive.box.example"};
  EXPECT_EQ(proxy_doors_of(tenant)[0].box, "archive.box.example:8443");
  tenant.services[0].mode = Mode::terminate;
  EXPECT_TRUE(proxy_doors_of(tenant).empty());
}

}  // namespace
}  // namespace gw::model
