#include <gtest/gtest.h>

#include "config/dump.h"
#include "model/snapshot.h"
#include "sample.h"

namespace gw::config {
namespace {

/// The sample's network with other lines.
std::string codes(const std::string& network, const std::string& upstream_extra = "") {
  Sample sample;
  sample.network = network;
  sample.upstream_extra = upstream_extra;
  return sample.codes();
}

const std::string kLan = "  lan:\n    - {name: desk, interface: lan0, addresses: [10.1.0.1/24]}\n";
const std::string kWan = "  wan: {interface: wan0, addresses: [198.51.100.2/24], gateways: [198.51.100.1]}\n";
const std::string kResolvers = "  resolvers: [198.51.100.53]\n";

TEST(Network, what_stands_in_the_file_stands_in_the_configuration) {
  const auto compiled = Sample().compiled();
  ASSERT_TRUE(compiled.configuration);
  const model::Network& network = compiled.configuration->network;
  EXPECT_EQ(network.lan.at(0).addresses.at(0).to_text(), "10.1.0.1/24");
  EXPECT_EQ(network.wan.gateways.at(0).to_text(), "198.51.100.1");
  EXPECT_EQ(network.resolvers.at(0).to_text(), "198.51.100.53:53");
  EXPECT_EQ(compiled.configuration->generation, model::Generation(7));
}

TEST(Network, two_segments_share_neither_name_nor_interface_nor_network) {
  EXPECT_EQ(
      codes(kLan + "    - {name: desk, interface: lan0, addresses: [10.1.0.9/16]}\n" + kWan + kResolvers),
      "config.name.repeated config.name.repeated config.address.conflict ");
}

TEST(Network, an_address_stands_once_on_its_interface) {
  EXPECT_EQ(codes("  lan: [{name: desk, interface: lan0, addresses: [10.1.0.1/24, 10.1.0.1/16]}]\n" + kWan +
                  kResolvers),
            "config.name.repeated ");
}

TEST(Network, what_the_box_serves_stands_in_the_configuration) {
  Sample sample;
  sample.network =
      "  lan:\n    - {name: desk, interface: lan0, addresses: [10.1.0.1/24], serve: {names: on, time: on},\n"
      "       hosts: [{name: Pacs.Example, addresses: [10.1.0.9]}]}\n" +
      kWan + kResolvers;
  const auto compiled = sample.compiled();
  ASSERT_TRUE(compiled.configuration);
  const model::LanSegment& segment = compiled.configuration->network.lan.at(0);
  EXPECT_EQ(segment.serve, (model::Serve{true, true}));
  EXPECT_EQ(segment.hosts.at(0).name, "pacs.example");
  EXPECT_EQ(Sample().compiled().configuration->network.lan.at(0).serve, model::Serve{}) << "off by default";
}

TEST(Network, a_name_leads_to_one_tenant_on_a_segment) {
  Sample sample;
  sample.network =
      "  lan:\n    - {name: desk, interface: lan0, addresses: [10.1.0.1/24, 10.1.0.2/24], serve: {names: "
      "on}}\n" +
      kWan + kResolvers;
  sample.downstream = "{server_names: [s.clinic.example], certificate: c.pem, key: c.key}";
  sample.more_tenants = tenant_text("b", "10.1.0.2", "b");
  EXPECT_EQ(sample.codes(), "");
  const std::string plain = "downstream: {certificate: c.pem, key: b-down.key}";
  sample.more_tenants.replace(
      sample.more_tenants.find(plain), plain.size(),
      "downstream: {server_names: [s.clinic.example], certificate: c.pem, key: b-down.key}");
  EXPECT_EQ(sample.codes(), "config.name.repeated ");
}

TEST(Network, a_vlan_is_an_interface_of_its_own) {
  EXPECT_EQ(codes("  lan:\n    - {name: desk, interface: lan0, addresses: [10.1.0.1/24]}\n"
                  "    - {name: ward, interface: lan0, vlan: 20, addresses: [10.2.0.1/24]}\n"
                  "    - {name: labs, interface: lan0, vlan: 21, addresses: [10.3.0.1/24]}\n" +
                  kWan + kResolvers),
            "");
}

TEST(Network, lan_and_wan_are_different_interfaces_whatever_the_vlan) {
  EXPECT_EQ(codes(kLan + "  wan: {interface: lan0, vlan: 7, addresses: [198.51.100.2/24]}\n" + kResolvers),
            "config.address.conflict ");
}

TEST(Network, lan_and_wan_are_different_interfaces) {
  EXPECT_EQ(codes(kLan + "  wan: {interface: lan0, addresses: [198.51.100.2/24]}\n" + kResolvers),
            "config.address.conflict ");
}

TEST(Network, lan_and_wan_are_different_networks) {
  EXPECT_EQ(codes(kLan + "  wan: {interface: wan0, addresses: [10.1.0.2/16]}\n" + kResolvers),
            "config.address.conflict ");
}

TEST(Network, a_gateway_is_a_neighbour_and_one_of_its_family) {
  EXPECT_EQ(codes(kLan + "  wan: {interface: wan0, addresses: [198.51.100.2/24], gateways: [192.0.2.1]}\n" +
                  kResolvers),
            "config.address.foreign ");
  EXPECT_EQ(
      codes(
          kLan +
          "  wan: {interface: wan0, addresses: [198.51.100.2/24], gateways: [198.51.100.1, 198.51.100.3]}\n" +
          kResolvers),
      "config.value.range ");
}

TEST(Network, a_router_may_be_known_by_its_link_local_address) {
  EXPECT_EQ(
      codes(kLan + "  wan: {interface: wan0, addresses: [\"2001:db8::2/64\"], gateways: [\"fe80::1\"]}\n" +
            kResolvers),
      "");
}

TEST(Network, what_a_dhcp_server_lends_is_not_written_down_as_well) {
  const auto wan = [](const std::string& keys) {
    return codes(kLan + "  wan: {interface: wan0, " + keys + "}\n" + kResolvers);
  };
  EXPECT_EQ(wan("dhcp: on"), "");
  EXPECT_EQ(wan("dhcp: on, addresses: []"), "");
  EXPECT_EQ(wan("dhcp: on, addresses: [\"2001:db8::2/64\"], gateways: [\"2001:db8::1\"]"), "");
  EXPECT_EQ(wan("dhcp: on, addresses: [198.51.100.2/24]"), "config.address.conflict ");
  EXPECT_EQ(wan("dhcp: on, gateways: [198.51.100.1]"), "config.address.conflict ");
  EXPECT_EQ(codes(kLan + "  wan: {interface: lo, dhcp: on}\n" + kResolvers), "config.value.range ");
}

TEST(Network, without_dhcp_the_internets_side_has_an_address) {
  for (const char* keys : {"", ", addresses: []", ", dhcp: off"})
    EXPECT_EQ(codes(kLan + "  wan: {interface: wan0" + keys + "}\n" + kResolvers), "config.key.missing ")
        << keys;
}

TEST(Network, the_source_of_the_address_survives_the_dump) {
  Sample sample;
  sample.network = kLan + "  wan: {interface: wan0, dhcp: on}\n" + kResolvers;
  const auto compiled = sample.compiled();
  ASSERT_TRUE(compiled.configuration);
  EXPECT_EQ(compiled.configuration->network.wan.ipv4, model::Ipv4Source::dhcp);
  const auto again = compile_sample(dump(*compiled.configuration));
  ASSERT_TRUE(again.configuration) << places(again);
  EXPECT_EQ(again.configuration->network.wan.ipv4, model::Ipv4Source::dhcp);
  EXPECT_TRUE(again.configuration->network.wan.addresses.empty());
}

TEST(Network, a_service_is_not_dialled_in_the_clinic) {
  EXPECT_EQ(codes(kLan + kWan + kResolvers, "          addresses: [10.1.0.77]\n"),
            "config.address.conflict ");
  EXPECT_EQ(codes(kLan + kWan + kResolvers + "  clinic_prefixes: [172.16.0.0/12]\n",
                  "          addresses: [172.20.1.1]\n"),
            "config.address.conflict ");
  EXPECT_EQ(codes(kLan + kWan + kResolvers, "          addresses: [\"::ffff:10.1.0.77\"]\n"),
            "config.address.conflict ");
  EXPECT_EQ(codes(kLan + kWan + kResolvers, "          addresses: [10.1.1.77]\n"), "");
}

TEST(Network, a_name_server_is_not_asked_in_the_clinic) {
  EXPECT_EQ(codes(kLan + kWan + "  resolvers: [10.1.0.53]\n"), "config.address.conflict ");
}

TEST(Network, a_service_found_by_name_needs_somebody_to_ask) {
  EXPECT_EQ(codes(kLan + kWan), "config.key.missing ");
  EXPECT_EQ(codes(kLan + kWan, "          addresses: [203.0.113.1]\n"), "");
  EXPECT_EQ(codes(kLan + kWan, "          addresses: []\n"), "config.key.missing ");
}

/// A bench puts both sides on loopback: nothing there is the clinic's, but a session must not come back.
TEST(Network, on_loopback_both_sides_may_stand_together) {
  Sample sample;
  sample.network =
      "  lan: [{name: bench, interface: lo, addresses: [127.0.0.1/8, \"::1/128\"]}]\n"
      "  wan: {interface: lo, addresses: [127.0.0.1/8]}\n";
  sample.listeners = "      - {name: l, address: 127.0.0.1, port: 8443, services: [s]}\n";
  sample.upstream_extra = "          addresses: [127.0.0.1]\n";
  const auto compiled = sample.compiled();
  EXPECT_EQ(places(compiled), "");
  ASSERT_TRUE(compiled.configuration);
  EXPECT_TRUE(model::dial_table_of(*compiled.configuration, model::TenantId(0)).forbidden.empty());
  sample.listeners = "      - {name: l, address: 127.0.0.1, port: 443, services: [s]}\n";
  EXPECT_EQ(sample.codes(), "config.address.conflict ");
}

}  // namespace
}  // namespace gw::config
