#include "pki/certificate_roll.h"

#include <gtest/gtest.h>

#include "support/test_pki.h"

namespace gw::pki {
namespace {

using Renewal = model::CertificateRoll::Renewal;

/// A tenant whose two services show one identity to their clouds, and a file each to their terminals.
model::Configuration clinic() {
  static const support::TestCa ca = support::TestCa::root();
  model::Configuration configuration;
  model::Tenant& tenant = configuration.tenants.emplace_back();
  tenant.name = "karte";
  tenant.terminal_anchors = {{"old.pem", ca.pem(), model::CivilSeconds(5), model::CivilSeconds(9)},
                             {"broken.pem", "no certificate", {}, {}}};
  tenant.identities.emplace_back().name = "cloud-1";
  for (const char* name : {"raw", "web"}) {
    model::Service& service = tenant.services.emplace_back();
    service.name = name;
    service.downstream.credential.certificate_file = std::string(name) + ".pem";
    service.downstream.credential.key_file = std::string(name) + ".key";
    service.downstream.credential.chain_pem = ca.issue({}).chain_pem;
    service.upstream.credential.identity = "cloud-1";
  }
  return configuration;
}

TEST(CertificateRoll, has_a_certificate_once_with_all_it_is_used_for) {
  const auto roll = certificate_roll_of(clinic());
  ASSERT_EQ(roll.own.size(), 3u);
  EXPECT_EQ(roll.own[0].name, "raw.pem");
  EXPECT_EQ(roll.own[0].renewal, Renewal::file);
  ASSERT_TRUE(roll.own[0].certificate);
  EXPECT_GT(roll.own[0].certificate->ends, roll.own[0].certificate->begins);
  EXPECT_EQ(roll.own[1].name, "cloud-1");
  EXPECT_EQ(roll.own[1].uses.size(), 2u);
  EXPECT_EQ(roll.own[1].key_file, "karte/cloud-1.current");
}

TEST(CertificateRoll, says_who_brings_about_the_next_one) {
  model::Configuration configuration = clinic();
  EXPECT_EQ(certificate_roll_of(configuration).own[1].renewal, Renewal::request);
  EXPECT_FALSE(certificate_roll_of(configuration).own[1].certificate) << "it has none yet";
  configuration.tenants[0].identities[0].est.emplace().server_name = "est.example";
  EXPECT_EQ(certificate_roll_of(configuration).own[1].renewal, Renewal::est);
  EXPECT_EQ(certificate_roll_of(configuration).own[1].server_name, "est.example");
}

TEST(CertificateRoll, has_each_authority_with_the_time_in_which_it_is_trusted) {
  const auto roll = certificate_roll_of(clinic());
  ASSERT_EQ(roll.trust.size(), 3u) << "the terminals', and two clouds that trust nobody";
  ASSERT_EQ(roll.trust[0].anchors.size(), 1u) << "what cannot be read is left out";
  EXPECT_EQ(roll.trust[0].anchors[0].file, "old.pem");
  EXPECT_EQ(roll.trust[0].anchors[0].from, model::CivilSeconds(5));
  EXPECT_EQ(roll.trust[0].anchors[0].until, model::CivilSeconds(9));
}

TEST(CertificateRoll, has_each_list_with_the_time_in_which_it_is_fresh) {
  model::Configuration configuration = clinic();
  const auto ca = support::TestCa::root();
  configuration.tenants[0].terminal_revocation.lists = {{"list.crl", ca.revocation_list({})},
                                                        {"broken.crl", {1, 2}}};
  const auto roll = certificate_roll_of(configuration);
  ASSERT_EQ(roll.lists.size(), 1u);
  EXPECT_EQ(roll.lists[0].issuer, "CN=root");
  EXPECT_EQ(roll.lists[0].stale_at - roll.lists[0].issued, std::chrono::hours(24 * 7 + 1));
}

}  // namespace
}  // namespace gw::pki
