// Where terminals ask for their certificates themselves (LAN-01), and who knows of it.

#include <gtest/gtest.h>

#include "base/codec.h"
#include "config/dump.h"
#include "model/key_ring.h"
#include "model/name_table.h"
#include "model/snapshot.h"
#include "sample.h"

namespace gw::config {
namespace {

/// The sample, with an enrolment.
struct EnrolmentSite : Sample {
  explicit EnrolmentSite(
      const std::string& place = "address: 10.1.0.1, port: 9443",
      const std::string& shown = "{server_names: [enrol.box], certificate: e.pem, key: e.key}") {
    limits = "    enrolment: {" + place + ", downstream: " + shown + "}\n";
  }
  model::Configuration configuration() const { return *compiled().configuration; }
};

TEST(Enrolment, has_a_listener_behind_the_others) {
  const model::Configuration configuration = EnrolmentSite().configuration();
  const model::Tenant& tenant = configuration.tenants[0];
  ASSERT_EQ(tenant.listeners.size(), 2u);
  EXPECT_TRUE(tenant.is_for_enrolment(tenant.listeners[1].id));
  EXPECT_EQ(tenant.listeners[1].endpoint.to_text(), "10.1.0.1:9443");
  EXPECT_EQ(tenant.enrolment->shown.credential.chain_pem.find("subject=e.pem"), std::string::npos);
}

TEST(Enrolment, stands_in_a_dump_as_it_was_written) {
  const model::Configuration configuration = EnrolmentSite().configuration();
  const std::string text = dump(configuration);
  EXPECT_NE(text.find("enrolment:"), std::string::npos) << text;
  const Compiled again = compile_sample(text);
  ASSERT_TRUE(again.configuration) << text;
  EXPECT_EQ(encode(*again.configuration), encode(configuration));
}

TEST(Enrolment, takes_an_address_and_port_that_are_the_tenants_and_nobody_elses) {
  EXPECT_EQ(EnrolmentSite("address: 10.1.0.1, port: 8443").codes(), "config.address.conflict ");
  EXPECT_EQ(EnrolmentSite("address: 10.9.0.1, port: 9443").codes(), "config.address.foreign ");
  EXPECT_EQ(EnrolmentSite("address: 10.1.0.1").codes(), "config.key.missing ");
  EXPECT_EQ(EnrolmentSite("address: 10.1.0.1, port: 9443", "{certificate: e.pem}").codes(),
            "config.key.missing ");
}

TEST(Enrolment, shows_a_key_that_no_service_has) {
  for (const char* key : {"c.key", "u.key"})
    EXPECT_EQ(
        EnrolmentSite("address: 10.1.0.1, port: 9443", "{certificate: e.pem, key: " + std::string(key) + "}")
            .codes(),
        "config.name.repeated ");
}

TEST(Enrolment, proxyd_knows_nothing_of_it_and_enrold_nothing_of_services) {
  const model::Configuration configuration = EnrolmentSite().configuration();
  const model::Tenant sessions = model::sessions_of(configuration.tenants[0]);
  EXPECT_FALSE(sessions.enrolment);
  EXPECT_EQ(sessions.listeners.size(), 1u);
  const model::Tenant enrolment = model::enrolment_of(configuration.tenants[0]);
  EXPECT_TRUE(enrolment.services.empty());
  EXPECT_TRUE(enrolment.rules.empty());
  EXPECT_EQ(enrolment.terminals.size(), 1u);
  for (const model::Tenant& tenant : {sessions, enrolment}) {
    const auto sealed = model::Snapshot::encode(configuration.generation, tenant);
    EXPECT_TRUE(model::Snapshot::decode(sealed));
    EXPECT_EQ(std::string(as_text(sealed)).find("e.key"), std::string::npos) << "paths are nobody's business";
  }
}

TEST(Enrolment, has_a_key_of_its_own_owner) {
  const model::Wiring wiring = model::wiring_of(EnrolmentSite().configuration());
  const model::Wiring::Compartment& tenant = wiring.compartments[0];
  EXPECT_EQ(tenant.listeners.size(), 1u);
  EXPECT_EQ(tenant.keys.size(), 2u) << "of sessions";
  ASSERT_TRUE(tenant.enrolment);
  ASSERT_EQ(tenant.enrolment->keys.size(), 1u);
  EXPECT_EQ(tenant.enrolment->keys[0].file, "e.key");
  EXPECT_TRUE(tenant.enrolment->keys[0].use.terminal_side);
  EXPECT_FALSE(tenant.enrolment->keys[0].use.cloud_side);
  EXPECT_EQ(tenant.enrolment->host, "enrol.box");
  EXPECT_NE(model::enrolment_owner("a"), "a");
  Sample other;
  other.limits = "";
  EXPECT_FALSE(model::wiring_of(*other.compiled().configuration).compartments[0].enrolment);
}

TEST(Enrolment, its_name_is_answered_where_it_stands) {
  EnrolmentSite site;
  site.network =
      "  lan:\n    - {name: desk, interface: lan0, addresses: [10.1.0.1/24], serve: {names: on}}\n"
      "  wan: {interface: wan0, addresses: [198.51.100.2/24], gateways: [198.51.100.1]}\n"
      "  resolvers: [198.51.100.53]\n";
  const model::Configuration configuration = site.configuration();
  const auto names = model::names_on(configuration.network.lan[0], configuration.tenants);
  ASSERT_EQ(names.size(), 1u);
  EXPECT_EQ(names[0].name, "enrol.box");
  EXPECT_EQ(EnrolmentSite("address: 10.1.0.1, port: 53").codes(), "");
  EnrolmentSite taken("address: 10.1.0.1, port: 53");
  taken.network = site.network;
  EXPECT_EQ(taken.codes(), "config.address.conflict ");
}

}  // namespace
}  // namespace gw::config
