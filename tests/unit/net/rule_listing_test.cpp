#include <gtest/gtest.h>

#include <string>

#include "net/ruleset.h"
#include "unit/net/two_tenants.h"

namespace gw::net {
namespace {

RuleSet wanted() {
  return {{{"doors", "ipv4_addr", Lookup::interval, {"192.0.2.1", "10.0.0.0/8", "172.16.0.0/12"}}},
          {{"input", "input", 0, Policy::drop, {"ip saddr @doors accept", "counter drop"}}}};
}

/// As nft 1.0.6 prints it.
const std::string kListing =
    "table inet sekisho {\n"
    "\tset doors {\n\t\ttype ipv4_addr\n\t\tflags interval\n"
    "\t\telements = { 10.0.0.0/8, 172.16.0.0/12,\n\t\t\t     192.0.2.1 }\n\t}\n\n"
    "\tchain input {\n\t\ttype filter hook input priority 0; policy drop;\n"
    "\t\tip saddr @doors accept\n\t\tcounter drop\n\t}\n"
    "}\n";

std::string with(const std::string& from, const std::string& to) {
  std::string out = kListing;
  return out.replace(out.find(from), from.size(), to);
}

TEST(RuleListing, the_same_elements_in_another_order_are_the_same) {
  const auto result = check_listing(wanted(), kListing);
  EXPECT_TRUE(result) << result.error().to_text();
}

TEST(RuleListing, anything_less_or_more_is_noticed) {
  const std::string different[] = {
      "",
      with("policy drop", "policy accept"),
      with("hook input", "hook output"),
      with("priority 0", "priority -1"),
      with("\t\tcounter drop\n", ""),
      with("\t\tcounter drop\n", "\t\tcounter drop\n\t\taccept\n"),
      with("192.0.2.1", "192.0.2.2"),
      with(", 172.16.0.0/12,", ","),
      with("10.0.0.0/8,", "10.0.0.0/8, 11.0.0.0/8,"),
      with("\t\tflags interval\n", ""),
      with("\t\tflags interval\n", "\t\tflags interval,timeout\n"),
      with("set doors", "set windows"),
      with("table inet sekisho", "table ip sekisho"),
      kListing + "table ip nat {\n}\n",
      "table ip nat {\n}\n" + kListing,
      with("\tchain input",
           "\tchain other {\n\t\ttype filter hook input priority 0; policy drop;\n\t}\n\tchain input"),
  };
  for (const std::string& listing : different) {
    const auto result = check_listing(wanted(), listing);
    ASSERT_FALSE(result) << listing;
    EXPECT_EQ(result.error().code, ErrorCode::net_apply_failed);
  }
}

TEST(RuleListing, a_listing_cut_anywhere_is_not_the_whole) {
  for (std::size_t size = 0; size + 1 < kListing.size(); ++size)
    EXPECT_FALSE(check_listing(wanted(), kListing.substr(0, size))) << size;
}

}  // namespace
}  // namespace gw::net
