#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "net/rule_listing.h"
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

std::vector<std::string> differences(const std::string& listing) {
  Repairs repairs;
  compare(wanted(), {listing, listing}, repairs);
  return repairs.texts();
}

TEST(RuleListing, the_same_elements_in_another_order_are_the_same) {
  EXPECT_THAT(differences(kListing), testing::IsEmpty());
}

TEST(RuleListing, each_difference_is_named) {
  const std::pair<std::string, const char*> different[] = {
      {"", "table missing: inet sekisho"},
      {with("policy drop", "policy accept"), "chain of another shape: input"},
      {with("hook input", "hook output"), "chain of another shape: input"},
      {with("priority 0", "priority -1"), "chain of another shape: input"},
      {with("\t\tcounter drop\n", ""), "rules in chain input: 1 instead of 2"},
      {with("\t\tcounter drop\n", "\t\tcounter drop\n\t\taccept\n"), "rules in chain input: 3 instead of 2"},
      {with("192.0.2.1", "192.0.2.2"), "element not ours: 192.0.2.2 in set doors"},
      {with("192.0.2.1", "192.0.2.2"), "element missing: 192.0.2.1 in set doors"},
      {with(", 172.16.0.0/12,", ","), "element missing: 172.16.0.0/12 in set doors"},
      {with("10.0.0.0/8,", "10.0.0.0/8, 11.0.0.0/8,"), "element not ours: 11.0.0.0/8 in set doors"},
      {with("\t\tflags interval\n", ""), "set of another shape: doors"},
      {with("\t\tflags interval\n", "\t\tflags interval,timeout\n"), "set of another shape: doors"},
      {with("set doors", "set windows"), "set missing: doors"},
      {with("set doors", "set windows"), "set not ours: windows"},
      {with("table inet sekisho", "table ip sekisho"), "table ip sekisho is not ours"},
      {kListing + "table ip nat {\n}\n", "table ip nat is not ours"},
      {"table ip nat {\n\tchain a {\n\t}\n}\n" + kListing, "table ip nat is not ours"},
      {with("\tchain input",
            "\tchain other {\n\t\ttype filter hook input priority 0; policy drop;\n\t}\n\tchain input"),
       "chain not ours: other"},
      {with("\tset doors", "\tflowtable fast {\n\t}\n\tset doors"), "rules that nobody here would load"},
  };
  for (const auto& [listing, sentence] : different)
    EXPECT_THAT(differences(listing), testing::Contains(sentence)) << listing;
}

TEST(RuleListing, a_listing_cut_anywhere_is_not_the_whole) {
  for (std::size_t size = 0; size + 1 < kListing.size(); ++size)
    EXPECT_THAT(differences(kListing.substr(0, size)), testing::Not(testing::IsEmpty())) << size;
}

TEST(RuleListing, what_packets_put_into_a_set_is_no_difference) {
  RuleSet rules = wanted();
  rules.sets.push_back({"seen", "ipv4_addr", Lookup::traffic, {}, "60s"});
  const std::string seen =
      "\tset seen {\n\t\ttype ipv4_addr\n\t\tsize 16384\n\t\tflags dynamic,timeout\n\t\ttimeout 60s\n"
      "\t\telements = { 10.1.0.9 limit rate over 5/second burst 5 packets }\n\t}\n\n";
  Repairs repairs;
  compare(rules, {with("\tchain input", seen + "\tchain input"), kListing}, repairs);
  EXPECT_THAT(repairs.texts(), testing::IsEmpty());
}

TEST(RuleListing, the_first_line_that_differs_from_the_reference_is_named) {
  const std::pair<std::string, const char*> different[] = {
      {with("\t\tcounter drop\n", "\t\tcounter accept\n"), "rule changed: counter accept"},
      {with("\t\tcounter drop\n\t}\n}\n", ""), "rule missing: counter drop"},
      {kListing + "more\n", "rule changed: more"},
  };
  for (const auto& [skeleton, sentence] : different) {
    Repairs repairs;
    compare(kListing, skeleton, repairs);
    EXPECT_THAT(repairs.texts(), testing::ElementsAre(sentence));
  }
  Repairs none;
  compare(kListing, kListing, none);
  EXPECT_TRUE(none.empty());
}

}  // namespace
}  // namespace gw::net
