// Who is told how the box is (GOV-09), and what comes of it for those who do not read configurations.

#include <gtest/gtest.h>

#include "base/codec.h"
#include "config/diff.h"
#include "config/dump.h"
#include "model/operations_centre.h"
#include "model/snapshot.h"
#include "sample.h"

namespace gw::config {
namespace {

/// The sample, with an operations centre.
struct NocSite : Sample {
  explicit NocSite(
      const std::string& country = "JP", const std::string& key = "noc.key",
      const std::string& figures = "{server_name: Figures.Example, port: 443, addresses: [203.0.113.40]}") {
    more_tenants = "noc: {operated_by: Vendor, country: " + country + ", certificate: noc.pem, key: " + key +
                   ", anchors: noc-ca.pem, figures: " + figures +
                   ", records: {server_name: records.example, port: 6514}}\n";
  }
  model::Configuration configuration() const { return *compiled().configuration; }
};

TEST(Noc, has_two_receivers_and_a_certificate_of_its_own) {
  ASSERT_TRUE(NocSite().compiled().configuration) << places(NocSite().compiled());
  const model::OperationsCentre noc = *NocSite().configuration().noc;
  EXPECT_EQ(noc.operated_by, "Vendor");
  EXPECT_EQ(noc.figures.server_name, "figures.example");
  EXPECT_EQ(noc.records.port, 6514);
  EXPECT_EQ(noc.every, std::chrono::seconds(60));
  EXPECT_FALSE(noc.credential.chain_pem.empty());
  EXPECT_FALSE(Sample().compiled().configuration->noc) << "off unless somebody asks for it";
}

TEST(Noc, stands_in_a_dump_as_it_was_written) {
  const model::Configuration configuration = NocSite().configuration();
  const Compiled again = compile_sample(dump(configuration));
  ASSERT_TRUE(again.configuration) << dump(configuration);
  EXPECT_EQ(encode(*again.configuration), encode(configuration));
}

/// The sample's, with a key by which its orders are signed.
struct OrderingSite : NocSite {
  explicit OrderingSite(const std::string& file) {
    more_tenants.insert(more_tenants.rfind('}'), ", orders: " + file);
  }
};

TEST(Noc, orders_nothing_unless_its_key_is_named) {
  EXPECT_FALSE(NocSite().configuration().noc->gives_orders());
  const model::Configuration configuration = OrderingSite("orders.pem").configuration();
  EXPECT_TRUE(configuration.noc->gives_orders());
  EXPECT_EQ(configuration.noc->orders.pem, "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n");
  EXPECT_EQ(OrderingSite("noc-ca.pem").codes(), "config.certificate ") << "a certificate is no key";
  EXPECT_EQ(OrderingSite("missing.pem").codes(), "config.file.unreadable ");
  const Compiled again = compile_sample(dump(configuration));
  ASSERT_TRUE(again.configuration) << dump(configuration);
  EXPECT_EQ(encode(*again.configuration), encode(configuration));
}

TEST(Noc, with_a_new_key_for_orders_allows_more) {
  const auto found = differences(NocSite().configuration(), OrderingSite("orders.pem").configuration());
  ASSERT_EQ(found.size(), 1u);
  EXPECT_TRUE(found.front().widens);
}

TEST(Noc, keeps_its_data_in_japan_and_nowhere_else) {
  EXPECT_EQ(NocSite("US").codes(), "config.value.choice ");
  EXPECT_EQ(NocSite("JP, country: JP").codes(), "config.key.repeated ");
}

TEST(Noc, shares_no_key_and_is_never_on_the_clinics_side) {
  EXPECT_EQ(NocSite("JP", "c.key").codes(), "config.name.repeated ");
  EXPECT_EQ(NocSite("JP", "noc.key", "{server_name: f.example, port: 443, addresses: [10.1.0.9]}").codes(),
            "config.address.conflict ");
}

TEST(Noc, no_tenant_has_its_name) {
  Sample site;
  site.network.replace(site.network.find("10.1.0.1/24"), 11, "10.1.0.1/24, 10.1.0.2/24");
  site.more_tenants = tenant_text("noc", "10.1.0.2", "noc");
  EXPECT_EQ(site.codes(), "config.name.repeated ");
}

/// Its dialer reaches both receivers, for one-shots alone, and no tenant's dialer does.
TEST(Noc, has_a_dialer_of_its_own_that_dials_for_the_agent_alone) {
  const model::Configuration configuration = NocSite().configuration();
  const model::DialTable table = model::noc_dial_table_of(configuration);
  ASSERT_EQ(table.targets.size(), 2u);
  EXPECT_EQ(table.targets[model::kFiguresTarget.number()].port, 443);
  EXPECT_EQ(table.targets[model::kRecordsTarget.number()].server_name, "records.example");
  for (const model::DialTarget& target : table.targets) EXPECT_EQ(target.caller, model::Caller::guest);
  EXPECT_FALSE(table.forbidden.empty());
  EXPECT_EQ(model::dial_table_of(configuration, model::TenantId(0)).targets.size(), 1u);
  const model::Wiring wiring = model::wiring_of(configuration);
  ASSERT_TRUE(wiring.noc);
  ASSERT_EQ(wiring.noc->keys.size(), 1u);
  EXPECT_TRUE(wiring.noc->keys[0].use.cloud_side);
  EXPECT_FALSE(wiring.noc->keys[0].use.terminal_side);
  const auto again = decode<model::NocOrder>(encode(model::noc_order_of(configuration)));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->centre.figures.server_name, "figures.example");
}

TEST(Noc, that_it_is_told_or_told_elsewhere_is_a_change_that_widens) {
  const auto told = differences(Sample().compiled().configuration.value(), NocSite().configuration());
  ASSERT_EQ(told.size(), 1u);
  EXPECT_TRUE(told[0].widens);
  const auto other = NocSite("JP", "noc.key", "{server_name: f.example, port: 443}").configuration();
  EXPECT_FALSE(differences(NocSite().configuration(), other).empty());
}

}  // namespace
}  // namespace gw::config
