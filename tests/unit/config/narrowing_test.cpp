#include "config/narrowing.h"

#include <gtest/gtest.h>

#include "config/diff.h"
#include "sample.h"

namespace gw::config {
namespace {

/// Whether one of the differences may allow more than before; there is one at least.
bool widens(const Sample& before, const Sample& after) {
  const auto old = before.compiled(), fresh = after.compiled();
  EXPECT_TRUE(old.configuration && fresh.configuration) << places(old) << places(fresh);
  if (!old.configuration || !fresh.configuration) return true;
  const auto all = differences(*old.configuration, *fresh.configuration);
  EXPECT_FALSE(all.empty());
  for (const Difference& each : all)
    if (each.widens) return true;
  return false;
}

Sample with_rules(const std::string& rules) {
  Sample out;
  out.terminals = "      - {name: t1}\n      - {name: t2}\n";
  out.rules = rules;
  return out;
}

TEST(Narrowing, a_terminal_that_loses_its_rule_is_one_and_one_that_gains_it_is_none) {  // ADM-12
  const Sample both = with_rules("      - {name: r, terminals: [t1, t2], service: s}\n");
  const Sample one = with_rules("      - {name: r, terminals: [t1], service: s}\n");
  EXPECT_FALSE(widens(both, one));
  EXPECT_TRUE(widens(one, both));
}

TEST(Narrowing, an_earlier_end_is_one_and_a_later_one_or_none_is_none) {
  const Sample open = with_rules("      - {name: r, terminals: [t1], service: s}\n");
  const Sample early = with_rules("      - {name: r, terminals: [t1], service: s, until: 2026-12-31}\n");
  const Sample late = with_rules("      - {name: r, terminals: [t1], service: s, until: 2027-01-31}\n");
  EXPECT_FALSE(widens(open, early));
  EXPECT_FALSE(widens(late, early));
  EXPECT_TRUE(widens(early, late));
  EXPECT_TRUE(widens(early, open));
}

TEST(Narrowing, a_blocked_terminal_is_one_and_its_release_is_none) {
  Sample blocked;
  blocked.terminals = "      - {name: t1, blocked: on}\n";
  EXPECT_FALSE(widens({}, blocked));
  EXPECT_TRUE(widens(blocked, {}));
}

TEST(Narrowing, an_exception_from_the_profile_is_none_and_its_end_is_one) {
  const auto weak_until = [](const std::string& day) {
    Sample out;
    out.upstream_extra =
        "          profile: {name: HIGH-12, until: " + day + ", reason: an old server, approver: hanako}\n";
    return out;
  };
  EXPECT_TRUE(widens({}, weak_until("2027-01-31")));
  EXPECT_FALSE(widens(weak_until("2027-01-31"), {}));
  EXPECT_FALSE(widens(weak_until("2027-01-31"), weak_until("2026-12-31")));
  EXPECT_TRUE(widens(weak_until("2026-12-31"), weak_until("2027-01-31")));
}

TEST(Narrowing, an_earlier_end_of_what_is_passed_through_is_one) {
  const auto until = [](const std::string& day) {
    Sample out;
    out.downstream = "";
    out.upstream = "{server_name: s.example, port: 443}";
    out.terminals = "      - {name: t1, match: {source: 10.1.0.40}}\n";
    out.service_extra =
        "        mode: pass_through\n        exception: {until: " + day + ", reason: x, approver: y}\n";
    return out;
  };
  EXPECT_FALSE(widens(until("2027-01-31"), until("2026-12-31")));
  EXPECT_TRUE(widens(until("2026-12-31"), until("2027-01-31")));
  EXPECT_TRUE(widens({}, until("2026-12-31"))) << "another mode";
}

TEST(Narrowing, another_address_of_the_cloud_is_none) {
  Sample other;
  other.upstream_extra = "          addresses: [203.0.113.1]\n";
  EXPECT_TRUE(widens({}, other));
  EXPECT_TRUE(widens(other, {}));
}

TEST(Narrowing, how_long_a_session_may_be_silent_is_no_question_of_who_may) {
  Sample patient;
  patient.service_extra = "        limits: {idle: 1 h}\n";
  EXPECT_FALSE(widens({}, patient));
}

TEST(Narrowing, a_segment_that_goes_is_none_since_its_addresses_may_be_dialled_then) {
  EXPECT_FALSE(only_narrows({Edit::What::thing_goes, "LAN segment", "", "", ""}));
}

TEST(Narrowing, what_nobody_has_thought_about_is_none) {
  for (const auto what :
       {Edit::What::thing_comes, Edit::What::thing_goes, Edit::What::item_comes, Edit::What::item_goes,
        Edit::What::order, Edit::What::value, Edit::What::key_comes, Edit::What::key_goes})
    EXPECT_FALSE(only_narrows({what, "something new", "of the format", "a", "b"}));
  EXPECT_FALSE(only_narrows({Edit::What::value, "", "second_person", "widening", "never"}));
}

}  // namespace
}  // namespace gw::config
