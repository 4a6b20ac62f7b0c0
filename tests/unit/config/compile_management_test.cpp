// Where the box is administered (ADM-11), and who knows of it.

#include <gtest/gtest.h>

#include "base/codec.h"
#include "config/diff.h"
#include "config/dump.h"
#include "model/management.h"
#include "model/snapshot.h"
#include "sample.h"

namespace gw::config {
namespace {

/// The sample, with a management.
struct ManagementSite : Sample {
  explicit ManagementSite(
      const std::string& where = "interface: mgmt0, addresses: [10.19.1.1/24], address: 10.19.1.1",
      const std::string& shown = "certificate: box.pem, key: box.key") {
    more_tenants = "management: {" + where + ", " + shown + "}\n";
  }
  model::Configuration configuration() const { return *compiled().configuration; }
};

TEST(Management, has_an_interface_a_listener_and_names) {
  const ManagementSite site(
      "interface: mgmt0, addresses: [10.19.1.1/24, \"fd00:19::1/64\"], address: \"fd00:19::1\", port: 8443",
      "names: [Box.Example], own_port: on, certificate: box.pem, key: box.key, anchors: admins.pem");
  ASSERT_TRUE(site.compiled().configuration) << places(site.compiled());
  const model::Management management = *site.configuration().management;
  EXPECT_EQ(management.interface, "mgmt0");
  EXPECT_EQ(management.listener.to_text(), "[fd00:19::1]:8443");
  EXPECT_EQ(management.names, std::vector<std::string>{"box.example"});
  EXPECT_TRUE(management.own_port);
  EXPECT_EQ(management.anchors.size(), 1u);
  EXPECT_EQ(ManagementSite().configuration().management->listener.port, 443);
  EXPECT_FALSE(Sample().compiled().configuration->management);
}

TEST(Management, stands_in_a_dump_as_it_was_written) {
  const model::Configuration configuration = ManagementSite().configuration();
  const Compiled again = compile_sample(dump(configuration));
  ASSERT_TRUE(again.configuration) << dump(configuration);
  EXPECT_EQ(encode(*again.configuration), encode(configuration));
}

TEST(Management, shares_nothing_with_terminals_or_the_internet) {
  const auto codes = [](const std::string& where, const std::string& key = "box.key") {
    return ManagementSite(where, "certificate: box.pem, key: " + key).codes();
  };
  EXPECT_EQ(codes("interface: lan0, addresses: [10.19.1.1/24], address: 10.19.1.1"),
            "config.address.conflict ");
  EXPECT_EQ(codes("interface: wan0, addresses: [10.19.1.1/24], address: 10.19.1.1"),
            "config.address.conflict ");
  EXPECT_EQ(codes("interface: mgmt0, addresses: [10.1.0.9/16], address: 10.1.0.9"),
            "config.address.conflict ");
  EXPECT_EQ(codes("interface: mgmt0, addresses: [198.51.100.9/25], address: 198.51.100.9"),
            "config.address.conflict ");
  EXPECT_EQ(codes("interface: mgmt0, addresses: [10.19.1.1/24], address: 10.19.1.2"),
            "config.address.foreign ");
  for (const char* key : {"c.key", "u.key"})
    EXPECT_EQ(codes("interface: mgmt0, addresses: [10.19.1.1/24], address: 10.19.1.1", key),
              "config.name.repeated ");
}

TEST(Management, what_must_stand_is_missed) {
  EXPECT_EQ(ManagementSite("interface: mgmt0, addresses: [10.19.1.1/24]").codes(), "config.key.missing ");
  EXPECT_EQ(ManagementSite("interface: mgmt0, addresses: [10.19.1.1/24], address: 10.19.1.1",
                           "certificate: box.pem")
                .codes(),
            "config.key.missing ");
}

TEST(Management, is_told_to_webd_without_paths_and_to_the_supervisor_with_its_key) {
  const model::Configuration configuration = ManagementSite().configuration();
  const auto table = encode(model::web_table_of(configuration));
  EXPECT_EQ(std::string(as_text(table)).find("box.key"), std::string::npos);
  const model::Wiring wiring = model::wiring_of(configuration);
  ASSERT_TRUE(wiring.management);
  EXPECT_EQ(wiring.management->listener.to_text(), "10.19.1.1:443");
  ASSERT_EQ(wiring.management->keys.size(), 1u);
  EXPECT_EQ(wiring.management->keys[0].file, "box.key");
  EXPECT_TRUE(wiring.management->keys[0].use.terminal_side);
  EXPECT_FALSE(wiring.management->keys[0].use.cloud_side);
}

TEST(Management, its_network_is_never_dialled) {
  const model::DialTable table = model::dial_table_of(ManagementSite().configuration(), model::TenantId(0));
  EXPECT_NE(std::find(table.forbidden.begin(), table.forbidden.end(), *model::Prefix::parse("10.19.1.0/24")),
            table.forbidden.end());
}

TEST(Management, a_change_of_it_is_told) {
  const auto said = diff(Sample().compiled().configuration.value(), ManagementSite().configuration());
  ASSERT_FALSE(said.empty());
  EXPECT_NE(said.front().find("management"), std::string::npos) << said.front();
}

}  // namespace
}  // namespace gw::config
