#include "model/certificate_places.h"

#include <gtest/gtest.h>

#include "unit/model/clinic.h"

namespace gw::model {
namespace {

TEST(CertificatePlaces, has_both_sides_of_a_service_and_the_tenants_terminals) {
  Configuration configuration;
  configuration.tenants.push_back(small_tenant());
  const CertificatePlaces places = certificate_places_of(configuration);
  ASSERT_EQ(places.shown.size(), 2u);
  EXPECT_EQ(places.shown[0].facing, Facing::terminals);
  EXPECT_EQ(places.shown[0].service, "archive");
  EXPECT_EQ(places.shown[1].facing, Facing::cloud);
  ASSERT_EQ(places.trusted.size(), 2u);
  EXPECT_EQ(places.trusted[0].service, "") << "of all of the tenant's terminals";
  EXPECT_EQ(places.trusted[1].facing, Facing::cloud);
  EXPECT_EQ(places.revoked.size(), 2u);
}

TEST(CertificatePlaces, has_what_the_box_shows_to_administrators_and_whom_it_believes_there) {
  Configuration configuration;
  configuration.management.emplace();
  EXPECT_EQ(certificate_places_of(configuration).trusted.size(), 0u) << "no certificate is asked for";
  configuration.management->anchors.push_back({"admin-ca.pem", "x", {}, {}});
  const CertificatePlaces places = certificate_places_of(configuration);
  ASSERT_EQ(places.shown.size(), 1u);
  EXPECT_EQ(places.shown[0].tenant, "");
  ASSERT_EQ(places.trusted.size(), 1u);
  EXPECT_EQ(anchors_of(places.trusted[0]).at(0).file, "admin-ca.pem");
}

TEST(CertificatePlaces, has_the_authority_of_an_enrolment_server) {
  Configuration configuration;
  configuration.tenants.push_back(small_tenant());
  Identity identity;
  identity.name = "cloud-1";
  identity.est.emplace();
  identity.est->anchors_file = "est.pem";
  configuration.tenants[0].identities = {identity, Identity{}};
  const CertificatePlaces places = certificate_places_of(configuration);
  ASSERT_EQ(places.trusted.size(), 3u) << "who has no server has no authority for it";
  EXPECT_EQ(places.trusted[2].service, "cloud-1");
  EXPECT_EQ(anchors_of(places.trusted[2]).at(0).file, "est.pem");
}

}  // namespace
}  // namespace gw::model
