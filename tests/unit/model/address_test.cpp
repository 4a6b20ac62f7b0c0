#include "model/address.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "model/close_reason.h"

namespace gw::model {
namespace {

TEST(IpAddressTest, text_goes_both_ways) {
  for (const char* text : {"0.0.0.0", "10.1.0.1", "255.255.255.255", "::", "::1", "2001:db8::7", "fe80::1"})
    EXPECT_EQ(IpAddress::parse(text)->to_text(), text);
}

TEST(IpAddressTest, what_is_no_address_is_none) {
  for (const char* text : {"", "10.1.0", "10.1.0.256", "10.1.0.1 ", " 10.1.0.1", "010.1.0.1x", "10.1.0.1:80",
                           "[::1]", "fe80::1%eth0", "::g", "1:2:3:4:5:6:7:8:9", "10.1.0.1/32"})
    EXPECT_FALSE(IpAddress::parse(text)) << text;
}

TEST(IpAddressTest, an_ipv4_address_in_ipv6_form_is_ipv4) {
  EXPECT_EQ(IpAddress::parse("::ffff:10.1.0.1"), IpAddress::parse("10.1.0.1"));
  EXPECT_EQ(IpAddress::parse("::ffff:a01:1")->family(), Family::ipv4);
}

TEST(IpAddressTest, octets_behind_an_ipv4_address_do_not_count) {
  IpAddress::Octets octets{10, 1, 0, 1, 99};
  EXPECT_EQ(IpAddress(Family::ipv4, octets), IpAddress::parse("10.1.0.1"));
}

TEST(PrefixTest, a_missing_length_means_the_single_address) {
  EXPECT_EQ(Prefix::parse("10.1.0.1")->length, 32);
  EXPECT_EQ(Prefix::parse("::1")->length, 128);
}

TEST(PrefixTest, what_is_no_prefix_is_none) {
  for (const char* text :
       {"", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/08", "10.0.0.0/8/8", "::/129"})
    EXPECT_FALSE(Prefix::parse(text)) << text;
}

TEST(PrefixTest, host_bits_are_kept_and_can_be_cleared) {
  const Prefix interface = *Prefix::parse("10.1.2.3/20");
  EXPECT_EQ(interface.to_text(), "10.1.2.3/20");
  EXPECT_EQ(interface.network().to_text(), "10.1.0.0/20");
  EXPECT_EQ(Prefix::parse("2001:db8:ffff::1/33")->network().to_text(), "2001:db8:8000::/33");
}

struct Containment {
  const char* prefix;
  const char* address;
  bool contained;
};
class ContainmentTest : public testing::TestWithParam<Containment> {};

TEST_P(ContainmentTest, follows_the_leading_bits) {
  const auto [prefix, address, contained] = GetParam();
  EXPECT_EQ(Prefix::parse(prefix)->contains(*IpAddress::parse(address)), contained);
}

INSTANTIATE_TEST_SUITE_P(
    Table, ContainmentTest,
    testing::Values(
        Containment{"10.1.0.0/16", "10.1.0.0", true}, Containment{"10.1.0.0/16", "10.1.255.255", true},
        Containment{"10.1.0.0/16", "10.2.0.0", false}, Containment{"10.1.0.0/16", "10.0.255.255", false},
        Containment{"10.1.0.0/17", "10.1.127.255", true}, Containment{"10.1.0.0/17", "10.1.128.0", false},
        Containment{"10.1.2.3/24", "10.1.2.200", true}, Containment{"10.1.0.1/32", "10.1.0.1", true},
        Containment{"10.1.0.1/32", "10.1.0.0", false}, Containment{"0.0.0.0/0", "203.0.113.7", true},
        Containment{"0.0.0.0/0", "::1", false}, Containment{"::/0", "::1", true},
        Containment{"::/0", "10.1.0.1", false}, Containment{"10.1.0.0/16", "::ffff:10.1.0.5", true},
        Containment{"2001:db8::/33", "2001:db8:7fff::1", true},
        Containment{"2001:db8::/33", "2001:db8:8000::1", false}));

TEST(PrefixTest, two_prefixes_overlap_if_one_holds_the_other) {
  const auto overlap = [](const char* a, const char* b) {
    return Prefix::parse(a)->overlaps(*Prefix::parse(b));
  };
  EXPECT_TRUE(overlap("10.0.0.0/8", "10.1.0.0/16"));
  EXPECT_TRUE(overlap("10.1.0.0/16", "10.0.0.0/8"));
  EXPECT_TRUE(overlap("0.0.0.0/0", "10.0.0.0/8"));
  EXPECT_FALSE(overlap("10.0.0.0/16", "10.1.0.0/16"));
  EXPECT_FALSE(overlap("::/0", "0.0.0.0/0"));
}

TEST(EndpointTest, its_text_tells_port_and_ipv6_address_apart) {
  EXPECT_EQ((Endpoint{*IpAddress::parse("10.1.0.1"), 443}).to_text(), "10.1.0.1:443");
  EXPECT_EQ((Endpoint{*IpAddress::parse("fd00::1"), 443}).to_text(), "[fd00::1]:443");
}

TEST(CloseReasonTest, every_reason_has_an_id_of_its_own_and_a_sentence) {
  std::vector<std::string_view> ids;
  for (std::size_t i = 0; i <= static_cast<std::size_t>(last_close_reason()); ++i) {
    ids.push_back(to_string(static_cast<CloseReason>(i)));
    EXPECT_TRUE(sentence_of(static_cast<CloseReason>(i)).ends_with('.')) << ids.back();
  }
  std::sort(ids.begin(), ids.end());
  EXPECT_EQ(std::adjacent_find(ids.begin(), ids.end()), ids.end());
}

}  // namespace
}  // namespace gw::model
