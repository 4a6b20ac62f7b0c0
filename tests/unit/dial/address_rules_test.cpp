#include "dial/address_rules.h"

#include <gtest/gtest.h>

#include <vector>

namespace gw::dial {
namespace {

struct Row {
  const char* address;
  bool by_configuration;
  bool by_resolver;
};

const std::vector<model::Prefix> kClinic{*model::Prefix::parse("10.1.0.0/16"),
                                         *model::Prefix::parse("fd00:1::/32"),
                                         *model::Prefix::parse("127.0.0.0/8")};

class MayDialTest : public testing::TestWithParam<Row> {};

TEST_P(MayDialTest, says_where_a_cloud_may_be) {
  const auto address = *model::IpAddress::parse(GetParam().address);
  EXPECT_EQ(may_dial(address, NamedBy::configuration, kClinic), GetParam().by_configuration);
  EXPECT_EQ(may_dial(address, NamedBy::resolver, kClinic), GetParam().by_resolver);
}

INSTANTIATE_TEST_SUITE_P(Table, MayDialTest,
                         testing::Values(Row{"203.0.113.7", true, true}, Row{"2001:db8::7", true, true},
                                         Row{"10.2.0.1", true, true},        // private, but not the clinic's
                                         Row{"10.1.0.0", false, false},      // the clinic's, first and last
                                         Row{"10.1.255.255", false, false},  //
                                         Row{"10.0.255.255", true, true},    // its neighbours
                                         Row{"10.2.0.0", true, true},        //
                                         Row{"::ffff:10.1.0.5", false, false},  // the clinic's, mapped
                                         Row{"64:ff9b::a01:5", false, false},   // the clinic's, behind NAT64
                                         Row{"64:ff9b::cb00:7107", true, true},
                                         Row{"64:ff9b::7f00:1", false, false},  // loopback behind NAT64
                                         Row{"fd00:1::5", false, false},        //
                                         Row{"fd00:2::5", true, true},          //
                                         Row{"127.0.0.1", true, false},         // simulated clouds only
                                         Row{"127.255.255.254", true, false},   //
                                         Row{"::1", true, false},               //
                                         Row{"0.0.0.0", false, false}, Row{"::", false, false},
                                         Row{"::10.1.0.5", false, false},  // IPv4-compatible
                                         Row{"169.254.169.254", false, false}, Row{"fe80::1", false, false},
                                         Row{"224.0.0.1", false, false}, Row{"239.255.255.255", false, false},
                                         Row{"ff02::1", false, false}, Row{"255.255.255.255", false, false},
                                         Row{"240.0.0.1", false, false}, Row{"2002:a01:5::1", false, false},
                                         Row{"2001:0:a01::1", false, false}, Row{"fec0::1", false, false}));

TEST(IsOwnAddressTest, every_loopback_address_is_our_own_and_documentation_ranges_are_not) {
  EXPECT_TRUE(is_own_address(*model::IpAddress::parse("127.0.0.1")));
  EXPECT_FALSE(is_own_address(*model::IpAddress::parse("203.0.113.7")));
}

}  // namespace
}  // namespace gw::dial
