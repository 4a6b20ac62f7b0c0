#include <gtest/gtest.h>

#include "base/codec.h"
#include "config/diff.h"
#include "config/dump.h"
#include "model/managed_identity.h"
#include "model/snapshot.h"
#include "sample.h"

namespace gw::config {
namespace {

constexpr std::string_view kEst =
    "est: {server_name: est.example, port: 8443, addresses: [203.0.113.20], anchors: est-ca.pem, label: "
    "boxes}";

/// What the box has of an identity: a key that the compiler does not look at, and a chain.
std::string current(const std::string& tenant, const std::string& identity) {
  return "-----BEGIN ENCRYPTED "
         "PRIVATE KEY-----\nMIIB\n-----END ENCRYPTED "
         "PRIVATE KEY-----\n" +
         std::string(kCertificate) + "of " + tenant + "/" + identity + "\n";
}

/// A tenant whose service shows identities in the place of files.
struct IdentitySite {
  std::string identities = "      - {name: seen, key: p384, " + std::string(kEst) +
                           "}\n      - {name: shown, " + std::string(kEst) + "}\n";
  std::string downstream = "{server_names: [s.box.example], identity: seen}";
  std::string credential = "identity: shown";
  std::string more_tenants = "";

  std::string text() const {
    return "version: 1\nsite: sample\nnetwork:\n"
           "  lan:\n    - {name: desk, interface: lan0, addresses: [10.1.0.1/24, 10.1.0.2/24]}\n"
           "  wan: {interface: wan0, addresses: [198.51.100.2/24], gateways: [198.51.100.1]}\n"
           "  resolvers: [198.51.100.53]\n"
           "tenants:\n  - name: a\n    terminal_anchors: a.pem\n    terminals: [{name: t1}]\n    "
           "identities:\n" +
           identities + "    services:\n      - name: s\n        downstream: " + downstream +
           "\n        upstream: {server_name: s.example, port: 443, anchors: ca.pem, " + credential +
           "}\n    listeners: [{name: l, address: 10.1.0.1, port: 8443, services: [s]}]\n"
           "    rules: [{name: r, terminals: [t1], service: s}]\n" +
           more_tenants;
  }
  Compiled compiled(IdentityReader read = current) const {
    Surroundings surroundings = sample_surroundings();
    surroundings.read_identity = std::move(read);
    return compile(text(), surroundings);
  }
  /// The codes of all problems, a space after each.
  std::string codes() const {
    std::string out;
    for (const Problem& problem : compiled().problems) out += std::string(to_string(problem.code)) + " ";
    return out;
  }
};

TEST(Identities, stand_in_the_place_of_both_files) {
  const auto compiled = IdentitySite{}.compiled();
  ASSERT_EQ(places(compiled), "");
  const model::Tenant& tenant = compiled.configuration->tenants[0];
  const model::Credential& down = tenant.services[0].downstream.credential;
  EXPECT_EQ(down.identity, "seen");
  EXPECT_EQ(down.chain_pem, kCertificate) << "the key stays behind";
  EXPECT_NE(down.key, tenant.services[0].upstream.credential.key);
  EXPECT_EQ(tenant.identities[0].key, model::KeyKind::p384);
  EXPECT_EQ(tenant.identities[1].key, model::KeyKind::p256);
  EXPECT_EQ(tenant.identities[0].est->label, "boxes");
}

TEST(Identities, keys_are_taken_from_what_the_box_keeps) {
  const auto compiled = IdentitySite{}.compiled();
  const model::Wiring wiring = model::wiring_of(*compiled.configuration);
  const auto& keys = wiring.compartments[0].keys;
  ASSERT_EQ(keys.size(), 2u);
  EXPECT_EQ(keys[0].file, "a/seen.current");
  EXPECT_EQ(keys[0].place, model::Wiring::Place::identities);
  EXPECT_EQ(decode<model::Wiring>(encode(wiring))->compartments[0].keys[1].file, "a/shown.current");
}

TEST(Identities, that_are_not_there_yet_warn_and_leave_their_services_without_a_key) {
  const auto compiled = IdentitySite{}.compiled([](const std::string&, const std::string& identity) {
    return identity == "seen" ? std::string() : current("a", identity);
  });
  EXPECT_EQ(places(compiled), "13:16 config.identity.missing warning\n");
  ASSERT_TRUE(compiled.configuration);
  EXPECT_FALSE(compiled.configuration->tenants[0].services[0].downstream.credential.is_there());
  EXPECT_EQ(model::wiring_of(*compiled.configuration).compartments[0].keys.size(), 1u);
}

TEST(Identities, of_which_nothing_is_known_are_not_spoken_of) {
  EXPECT_EQ(places(IdentitySite{}.compiled({})), "");
}

TEST(Identities, enrolment_servers_are_dialled_for_the_renewer_alone) {
  const auto compiled = IdentitySite{}.compiled();
  const model::DialTable table = model::dial_table_of(*compiled.configuration, model::TenantId(0));
  ASSERT_EQ(table.targets.size(), 3u);
  EXPECT_EQ(table.targets[0].caller, model::Caller::proxyd);
  for (const std::size_t place : {1u, 2u}) {
    EXPECT_EQ(table.targets[place].service.number(), place);
    EXPECT_EQ(table.targets[place].caller, model::Caller::guest);
    EXPECT_EQ(table.targets[place].port, 8443);
  }
}

TEST(Identities, are_told_to_the_renewer_with_the_side_they_are_shown_to) {
  const auto compiled = IdentitySite{}.compiled();
  const auto managed = model::managed_identities_of(compiled.configuration->tenants[0]).identities;
  ASSERT_EQ(managed.size(), 2u);
  EXPECT_EQ(managed[0].side, model::ManagedIdentity::Side::terminals);
  EXPECT_EQ(managed[0].hosts, std::vector<std::string>{"s.box.example"});
  EXPECT_EQ(managed[0].dial, model::ServiceId(1));
  EXPECT_EQ(managed[1].side, model::ManagedIdentity::Side::clouds);
  EXPECT_EQ(managed[1].hosts, std::vector<std::string>{});
  EXPECT_EQ(managed[1].anchors_pem, kCertificate);
}

TEST(Identities, no_compartment_is_told_of_them) {
  const auto compiled = IdentitySite{}.compiled();
  const auto snapshot = model::Snapshot::decode(
      model::Snapshot::encode(model::Generation(1), compiled.configuration->tenants[0]));
  ASSERT_TRUE(snapshot);
  EXPECT_TRUE((*snapshot)->tenant().identities.empty());
  EXPECT_EQ((*snapshot)->tenant().services[0].upstream.credential.identity, "");
}

TEST(Identities, come_back_from_the_dump) {
  const auto compiled = IdentitySite{}.compiled();
  const std::string dumped = dump(*compiled.configuration);
  const auto again = compile_sample(dumped);
  ASSERT_TRUE(again.configuration) << to_text(again.problems, "");
  EXPECT_EQ(dump(*again.configuration), dumped);
}

TEST(Identities, one_of_the_two_ways_is_enough_and_both_are_too_many) {
  EXPECT_EQ((IdentitySite{.credential = "identity: shown, key: u.key"}.codes()), "config.value.choice ");
  EXPECT_EQ((IdentitySite{.credential = "certificate: u.pem"}.codes()),
            "config.name.unused config.key.missing ");
  EXPECT_EQ((IdentitySite{.downstream = "{server_names: [s.box.example]}"}.codes()),
            "config.name.unused config.key.missing ");
}

TEST(Identities, are_shown_to_one_side) {
  EXPECT_EQ((IdentitySite{.credential = "identity: seen"}.codes()),
            "config.name.unused config.name.repeated ");
}

TEST(Identities, for_terminals_need_a_name_that_terminals_know) {
  EXPECT_EQ((IdentitySite{.downstream = "{identity: seen}"}.codes()), "config.key.missing ");
}

TEST(Identities, belong_to_one_tenant) {
  const std::string other =
      "  - name: b\n    terminal_anchors: a.pem\n    terminals: [{name: t}]\n    services:\n"
      "      - {name: s, downstream: {identity: seen}, upstream: {server_name: x.example, port: 443, "
      "certificate: "
      "u.pem, key: b.key, anchors: ca.pem}}\n    listeners: [{name: l, address: 10.1.0.2, port: 8443, "
      "services: "
      "[s]}]\n    rules: [{name: r, terminals: all, service: s}]\n";
  const auto compiled = IdentitySite{.more_tenants = other}.compiled();
  ASSERT_EQ(compiled.problems.size(), 1u);
  EXPECT_NE(compiled.problems[0].text.find("belongs to the tenant `a`"), std::string::npos)
      << compiled.problems[0].text;
}

TEST(Identities, labels_are_segments_of_a_path) {
  for (const char* label : {"a/b", "..", "cacerts", "''", "a b"}) {
    IdentitySite site;
    const std::size_t at = site.identities.find("boxes");
    site.identities.replace(at, 5, label);
    EXPECT_TRUE(site.codes().starts_with("config.value.format ")) << label << ": " << site.codes();
  }
}

TEST(Identities, without_a_server_people_carry_what_they_need) {
  IdentitySite site;
  site.identities = "      - {name: seen}\n      - {name: shown, " + std::string(kEst) + "}\n";
  const auto compiled = site.compiled();
  ASSERT_TRUE(compiled.configuration);
  const model::Tenant& tenant = compiled.configuration->tenants[0];
  EXPECT_FALSE(tenant.identities[0].est);
  const model::ManagedIdentities managed = model::managed_identities_of(tenant);
  EXPECT_FALSE(managed.identities[0].has_server());
  const model::DialTable table = model::dial_table_of(*compiled.configuration, model::TenantId(0));
  ASSERT_EQ(table.targets.size(), 2u) << "the service, and the one server";
  EXPECT_EQ(table.targets[1].service, managed.identities[1].dial);
  EXPECT_EQ(table.targets[1].server_name, "est.example");
  const Compiled nothing =
      site.compiled([](const std::string&, const std::string&) { return std::string(); });
  EXPECT_NE(nothing.problems[0].text.find("sekisho cert request"), std::string::npos);
  EXPECT_NE(nothing.problems[1].text.find("a ticket"), std::string::npos);
}

}  // namespace
}  // namespace gw::config
