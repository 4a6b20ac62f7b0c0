#include "web/own_names.h"

#include <gtest/gtest.h>

namespace gw::web {
namespace {

model::Endpoint at(const char* address, std::uint16_t port) {
  return {*model::IpAddress::parse(address), port};
}

TEST(OwnNames, the_box_goes_by_its_names_and_its_address_with_its_port) {
  const OwnNames names({"box.clinic.example"}, at("10.1.0.1", 8443));
  EXPECT_TRUE(names.has_host("box.clinic.example:8443"));
  EXPECT_TRUE(names.has_host("BOX.clinic.example:8443"));
  EXPECT_TRUE(names.has_host("10.1.0.1:8443"));
  EXPECT_FALSE(names.has_host("box.clinic.example")) << "that is port 443";
  EXPECT_FALSE(names.has_host("box.clinic.example:443"));
}

TEST(OwnNames, at_port_443_the_port_may_be_left_out) {
  const OwnNames names({"box.clinic.example"}, at("fd00::1", 443));
  EXPECT_TRUE(names.has_host("box.clinic.example"));
  EXPECT_TRUE(names.has_host("[fd00::1]"));
  EXPECT_TRUE(names.has_origin("https://box.clinic.example"));
}

/// DNS rebinding: a name of somebody else's that leads here.
TEST(OwnNames, a_name_of_somebody_elses_is_none_of_them) {
  const OwnNames names({"box.clinic.example"}, at("10.1.0.1", 443));
  for (const char* host : {"", "evil.example", "box.clinic.example.evil.example", "evil.example:443",
                           "box.clinic.example:443:443", "10.1.0.2", "box.clinic.example."})
    EXPECT_FALSE(names.has_host(host)) << host;
  for (const char* origin : {"", "null", "http://box.clinic.example", "https://evil.example",
                             "https://box.clinic.example.evil.example", "https://box.clinic.example/"})
    EXPECT_FALSE(names.has_origin(origin)) << origin;
}

}  // namespace
}  // namespace gw::web
