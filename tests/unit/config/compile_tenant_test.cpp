#include <gtest/gtest.h>

#include "sample.h"

namespace gw::config {
namespace {

TEST(Tenant, ids_are_places_and_names_resolve) {
  Sample sample;
  sample.terminals = "      - {name: t0}\n      - {name: t1}\n";
  sample.rules = "      - {name: r, terminals: [t1, t0], service: s}\n";
  const auto compiled = sample.compiled();
  ASSERT_TRUE(compiled.configuration) << places(compiled);
  const model::Tenant& tenant = compiled.configuration->tenants.at(0);
  EXPECT_EQ(tenant.terminals.at(1).id, model::TerminalId(1));
  EXPECT_EQ(tenant.rules.at(0).terminals, (std::vector{model::TerminalId(1), model::TerminalId(0)}));
  EXPECT_EQ(tenant.listeners.at(0).services.at(0), model::ServiceId(0));
}

TEST(Tenant, a_terminal_is_known_by_its_urn_unless_told_otherwise) {
  Sample sample;
  sample.terminals = "      - {name: t1}\n      - {name: t2, blocked: yes, match: {dns: CT.Example}}\n";
  const auto compiled = sample.compiled();
  ASSERT_TRUE(compiled.configuration) << places(compiled);
  const auto& terminals = compiled.configuration->tenants.at(0).terminals;
  EXPECT_EQ(terminals.at(0).match_value, "urn:sekisho:a:t1");
  EXPECT_EQ(terminals.at(1).match_kind, model::SanKind::dns);
  EXPECT_EQ(terminals.at(1).match_value, "ct.example");
  EXPECT_TRUE(terminals.at(1).blocked);
}

TEST(Tenant, a_match_is_exactly_one_name) {
  Sample sample;
  sample.terminals = "      - {name: t1, match: {}}\n";
  EXPECT_EQ(sample.codes(), "config.key.missing ");
  sample.terminals = "      - {name: t1, match: {dns: a.example, email: a@b.example}}\n";
  EXPECT_EQ(sample.codes(), "config.value.choice ");
}

TEST(Tenant, two_terminals_are_never_known_by_the_same_name) {
  Sample sample;
  sample.terminals =
      "      - {name: t1}\n      - {name: t2, blocked: on, match: {uri: \"urn:sekisho:a:t1\"}}\n";
  EXPECT_EQ(sample.codes(), "config.name.repeated ");
  sample.terminals = "      - {name: t1}\n      - {name: t1}\n";
  EXPECT_EQ(sample.codes(), "config.name.repeated ");
}

TEST(Tenant, two_tenants_share_no_address) {
  Sample sample;
  sample.more_tenants = tenant_text("b", "10.1.0.1", "b");
  EXPECT_EQ(sample.codes(), "config.address.conflict ");
}

TEST(Tenant, two_tenants_share_no_key) {
  Sample sample;
  sample.network =
      "  lan: [{name: desk, interface: lan0, addresses: [10.1.0.1/24, 10.1.0.2/24]}]\n"
      "  wan: {interface: wan0, addresses: [198.51.100.2/24]}\n  resolvers: [198.51.100.53]\n";
  sample.more_tenants = tenant_text("b", "10.1.0.2", "b");
  EXPECT_EQ(sample.codes(), "");
  sample.downstream = "{certificate: c.pem, key: b-up.key}";
  EXPECT_EQ(sample.codes(), "config.name.repeated ");
}

TEST(Tenant, two_tenants_share_no_name) {
  Sample sample;
  sample.network =
      "  lan: [{name: desk, interface: lan0, addresses: [10.1.0.1/24, 10.1.0.2/24]}]\n"
      "  wan: {interface: wan0, addresses: [198.51.100.2/24]}\n  resolvers: [198.51.100.53]\n";
  sample.more_tenants = tenant_text("a", "10.1.0.2", "b");
  EXPECT_EQ(sample.codes(), "config.name.repeated ");
}

TEST(Tenant, a_listener_stands_on_a_lan_address_of_its_own) {
  Sample sample;
  sample.listeners = "      - {name: l, address: 10.1.0.9, port: 8443, services: [s]}\n";
  EXPECT_EQ(sample.codes(), "config.address.foreign ");
  sample.listeners =
      "      - {name: l, address: 10.1.0.1, port: 8443, services: [s]}\n"
      "      - {name: m, address: 10.1.0.1, port: 8443, services: [s]}\n";
  EXPECT_EQ(sample.codes(), "config.address.conflict ");
}

const std::string kSecond =
    "      - name: q\n        downstream: {server_names: [NAMES], certificate: c.pem, key: c.key}\n"
    "        upstream: {server_name: q.example, port: 443, certificate: u.pem, key: u.key, anchors: "
    "ca.pem}\n";
std::string second(const std::string& names) {
  return std::string(kSecond).replace(kSecond.find("NAMES"), 5, names);
}

TEST(Tenant, services_on_one_listener_are_told_apart_by_name) {
  Sample sample;
  sample.listeners = "      - {name: l, address: 10.1.0.1, port: 8443, services: [s, q]}\n";
  sample.rules += "      - {name: r2, terminals: all, service: q}\n";
  sample.more_services = second("q.box.example");
  EXPECT_EQ(sample.codes(), "config.key.missing ") << "the first service has no server name";
  sample.downstream = "{server_names: [S.Box.example], certificate: c.pem, key: c.key}";
  EXPECT_EQ(sample.codes(), "");
  sample.more_services = second("q.box.example, s.box.example");
  EXPECT_EQ(sample.codes(), "config.name.repeated ");
}

TEST(Tenant, a_service_nobody_offers_is_refused) {
  Sample sample;
  sample.more_services = second("q.box.example");
  sample.rules += "      - {name: r2, terminals: all, service: q}\n";
  EXPECT_EQ(sample.codes(), "config.name.unused ");
}

TEST(Tenant, an_unknown_service_on_a_listener_is_refused_where_it_stands) {
  Sample sample;
  sample.listeners = "      - {name: l, address: 10.1.0.1, port: 8443, services: [s, ss]}\n";
  const auto compiled = sample.compiled();
  ASSERT_EQ(compiled.problems.size(), 1u);
  EXPECT_EQ(compiled.problems[0].code, ErrorCode::config_name_unresolved);
  EXPECT_NE(compiled.problems[0].text.find("did you mean `s`?"), std::string::npos);
  EXPECT_EQ(compiled.problems[0].at.column, 64u);
}

TEST(Tenant, limits_are_taken_or_the_defaults_hold) {
  Sample sample;
  sample.limits = "    limits: {sessions: 10, connections_per_source: 5 per s}\n";
  const auto compiled = sample.compiled();
  ASSERT_TRUE(compiled.configuration) << places(compiled);
  EXPECT_EQ(compiled.configuration->tenants[0].limits.sessions, 10u);
  EXPECT_EQ(compiled.configuration->tenants[0].limits.connections_per_source, 5u);
  EXPECT_EQ(compiled.configuration->tenants[0].limits.handshakes, 256u);
}

}  // namespace
}  // namespace gw::config
