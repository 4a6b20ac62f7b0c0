#include "model/lease.h"

#include <gtest/gtest.h>

#include <vector>

// Whoever answers first on the wire chose what stands in a lease (W8).

namespace gw::model {
namespace {

IpAddress address(const char* text) { return *IpAddress::parse(text); }

Lease lease(const char* own, const char* gateway, const char* server = "198.51.100.1") {
  return {"wan0", *Prefix::parse(own), address(gateway), address(server)};
}

std::string fault(const Lease& lease) {
  const std::vector<Prefix> clinic{*Prefix::parse("10.21.0.0/16"), *Prefix::parse("192.168.7.0/24")};
  const auto found = fault_of(lease, clinic);
  return found ? to_string(*found) : "";
}

struct Case {
  const char* own;
  const char* gateway;
  const char* fault;
};

TEST(Lease, is_used_if_a_host_beside_a_router_could_have_it) {
  for (const auto& [own, gateway, fault_expected] : {Case{"198.51.100.7/24", "198.51.100.1", ""},
                                                     {"192.168.1.20/24", "192.168.1.1", ""},
                                                     {"100.64.3.9/10", "100.64.0.1", ""},
                                                     {"11.0.0.9/8", "11.255.255.254", ""},
                                                     {"198.51.100.2/30", "198.51.100.1", ""}})
    EXPECT_EQ(fault(lease(own, gateway)), fault_expected) << own;
}

TEST(Lease, is_refused_for_an_address_that_no_host_has) {
  for (const auto& [own, gateway, fault_expected] : {Case{"0.0.0.0/24", "0.0.0.1", "address"},
                                                     {"0.1.2.3/8", "0.0.0.1", "address"},
                                                     {"127.0.0.5/8", "127.0.0.1", "address"},
                                                     {"169.254.169.254/16", "169.254.0.1", "address"},
                                                     {"224.0.0.5/24", "224.0.0.1", "address"},
                                                     {"255.255.255.255/24", "255.255.255.1", "address"},
                                                     {"198.51.100.0/24", "198.51.100.1", "address"},
                                                     {"198.51.100.255/24", "198.51.100.1", "address"},
                                                     {"2001:db8::2/30", "2001:db8::1", "address"}})
    EXPECT_EQ(fault(lease(own, gateway)), fault_expected) << own;
}

TEST(Lease, is_refused_for_a_network_without_room_or_without_end) {
  for (const char* own : {"198.51.100.7/0", "198.51.100.7/7", "198.51.100.7/31", "198.51.100.7/32"})
    EXPECT_EQ(fault(lease(own, "198.51.100.6")), "length") << own;
}

TEST(Lease, is_refused_for_a_router_that_is_no_neighbour) {
  for (const char* gateway : {"198.51.101.1", "198.51.100.7", "198.51.100.0", "198.51.100.255", "0.0.0.0",
                              "127.0.0.1", "2001:db8::1"})
    EXPECT_EQ(fault(lease("198.51.100.7/24", gateway)), "gateway") << gateway;
}

TEST(Lease, is_refused_for_a_server_that_no_host_is) {
  for (const char* server : {"0.0.0.0", "127.0.0.1", "224.0.0.1", "255.255.255.255", "2001:db8::1"})
    EXPECT_EQ(fault(lease("198.51.100.7/24", "198.51.100.1", server)), "server") << server;
}

TEST(Lease, is_refused_if_it_touches_the_clinic_anywhere) {
  EXPECT_EQ(fault(lease("10.21.9.7/24", "10.21.9.1")), "clinic");
  EXPECT_EQ(fault(lease("10.99.0.7/8", "10.99.0.1")), "clinic");  // the network holds the clinic's
  EXPECT_EQ(fault(lease("192.168.7.9/29", "192.168.7.10")), "clinic");
  EXPECT_EQ(fault(lease("192.168.8.9/24", "192.168.8.1", "10.21.0.1")), "clinic");
  EXPECT_EQ(fault(lease("10.20.9.7/24", "10.20.9.1", "10.20.9.1")), "");
}

}  // namespace
}  // namespace gw::model
