#include "model/name_table.h"

#include <gtest/gtest.h>

#include "model/snapshot.h"

namespace gw::model {
namespace {

IpAddress address(const char* text) { return *IpAddress::parse(text); }
Prefix prefix(const char* text) { return *Prefix::parse(text); }

Service service(const char* name, std::vector<std::string> server_names) {
  Service out;
  out.name = name;
  out.downstream.server_names = std::move(server_names);
  return out;
}
Listener listener(const char* on, std::vector<ServiceId> services) {
  Listener out;
  out.endpoint = {address(on), 443};
  out.services = std::move(services);
  return out;
}

/// One service on both segments, one on the second alone.
Configuration two_segments() {
  Configuration out;
  out.generation = Generation(7);
  out.network.lan.resize(2);
  out.network.lan[0].addresses = {prefix("10.1.0.1/24"), prefix("fd00:1::1/64")};
  out.network.lan[1].addresses = {prefix("10.2.0.1/24")};
  Tenant tenant;
  tenant.services = {service("emr", {"emr.example"}), service("pacs", {"pacs.example", "pacs2.example"})};
  tenant.listeners = {listener("10.1.0.1", {ServiceId(0)}), listener("fd00:1::1", {ServiceId(0)}),
                      listener("10.2.0.1", {ServiceId(0), ServiceId(1)})};
  out.tenants = {tenant};
  for (LanSegment& segment : out.network.lan) segment.serve.names = true;
  return out;
}

TEST(NameTableTest, a_view_has_the_names_of_its_segment_and_no_other) {
  const NameTable table = name_table_of(two_segments());
  const std::vector<NameTable::Entry> rooms = {{"emr.example", {address("10.1.0.1"), address("fd00:1::1")}}};
  const std::vector<NameTable::Entry> labs = {{"emr.example", {address("10.2.0.1")}},
                                              {"pacs.example", {address("10.2.0.1")}},
                                              {"pacs2.example", {address("10.2.0.1")}}};
  ASSERT_EQ(table.views.size(), 2u);
  EXPECT_EQ(table.views[0].entries, rooms);
  EXPECT_EQ(table.views[1].entries, labs);
  EXPECT_EQ(table.views[0].answering, (std::vector<IpAddress>{address("10.1.0.1"), address("fd00:1::1")}));
}

TEST(NameTableTest, a_segment_that_does_not_ask_has_no_view) {
  Configuration configuration = two_segments();
  configuration.network.lan[1].serve.names = false;
  EXPECT_EQ(name_table_of(configuration).views.size(), 1u);
  EXPECT_EQ(wiring_of(configuration).names.size(), 2u);
}

TEST(NameTableTest, further_hosts_stand_beside_the_services) {
  Configuration configuration = two_segments();
  configuration.network.lan[0].hosts = {{"printer.example", {address("10.1.0.30")}}};
  const NameTable table = name_table_of(configuration);
  EXPECT_EQ(table.views[0].entries.back(), (NameTable::Entry{"printer.example", {address("10.1.0.30")}}));
  EXPECT_EQ(table.views[1].entries.size(), 3u);
}

}  // namespace
}  // namespace gw::model
