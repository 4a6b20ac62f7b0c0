#include "names/zones.h"

#include <gtest/gtest.h>

#include "unit/names/ask.h"

namespace gw::names {
namespace {

using Kind = Finding::Kind;

Kind kind_of(const char* name) {
  return Zones(tests::sample_view(), model::Generation(1)).find(dns::wire_name(name)).kind;
}

TEST(ZonesTest, tells_what_it_speaks_for) {
  EXPECT_EQ(kind_of("emr.clinic.example"), Kind::known);
  EXPECT_EQ(kind_of("x.emr.clinic.example"), Kind::absent);
  EXPECT_EQ(kind_of("in.lab.example"), Kind::empty);
  EXPECT_EQ(kind_of("clinic.example"), Kind::foreign) << "above a zone is no zone";
  EXPECT_EQ(kind_of(""), Kind::foreign);
}

TEST(ZonesTest, the_zone_is_the_longest_configured_name) {
  const Zones zones(tests::sample_view(), model::Generation(1));
  const dns::WireName name = dns::wire_name("x.deep.in.lab.example");
  EXPECT_EQ(name.substr(zones.find(name).apex), dns::wire_name("deep.in.lab.example"));
}

TEST(ZonesTest, a_label_with_a_dot_inside_is_not_two) {
  const std::string one_label(
      "\x0f"
      "emr.clinic.exam"
      "\0",
      17);
  EXPECT_EQ(Zones(tests::sample_view(), model::Generation(1)).find(one_label).kind, Kind::foreign);
}

TEST(ZonesTest, an_empty_view_speaks_for_nothing) {
  EXPECT_EQ(Zones({}, model::Generation(1)).find(dns::wire_name("emr.clinic.example")).kind, Kind::foreign);
}

}  // namespace
}  // namespace gw::names
