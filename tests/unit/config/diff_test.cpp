#include "config/diff.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sample.h"

namespace gw::config {
namespace {

using testing::ElementsAre;

std::vector<std::string> changes(const Sample& before, const Sample& after) {
  const auto old = before.compiled(), fresh = after.compiled();
  EXPECT_TRUE(old.configuration && fresh.configuration) << places(old) << places(fresh);
  if (!old.configuration || !fresh.configuration) return {};
  return diff(*old.configuration, *fresh.configuration);
}

TEST(Diff, equal_configurations_differ_in_nothing) { EXPECT_THAT(changes({}, {}), ElementsAre()); }

TEST(Diff, a_changed_value_is_told_with_both) {
  Sample after;
  after.service_extra = "        limits: {idle: 1 h}\n";
  EXPECT_THAT(changes({}, after), ElementsAre("tenant a, service s: limits idle changes from 15 min to 1 h"));
}

TEST(Diff, things_come_and_go_by_name) {
  Sample after;
  after.terminals = "      - {name: t2}\n";
  after.rules = "      - {name: r, terminals: [t2], service: s}\n";
  EXPECT_THAT(changes({}, after),
              ElementsAre("tenant a, terminal t1 is removed", "tenant a, terminal t2 is new",
                          "tenant a, rule r: terminals loses t1", "tenant a, rule r: terminals gains t2"));
}

TEST(Diff, a_rule_for_all_tells_whom_it_now_lets_in) {
  Sample before, after;
  before.rules = after.rules = "      - {name: r, terminals: all, service: s}\n";
  after.terminals = "      - {name: t1}\n      - {name: t2}\n";
  EXPECT_THAT(changes(before, after),
              ElementsAre("tenant a, terminal t2 is new", "tenant a, rule r: terminals gains t2"));
}

TEST(Diff, a_key_that_comes_or_goes_is_told) {
  Sample dated;
  dated.rules = "      - {name: r, terminals: [t1], service: s, until: 2027-01-31}\n";
  EXPECT_THAT(changes({}, dated), ElementsAre("tenant a, rule r: until is new: 2027-01-31"));
  EXPECT_THAT(changes(dated, {}), ElementsAre("tenant a, rule r: until is removed (was 2027-01-31)"));
}

TEST(Diff, an_order_that_matters_is_told) {
  Sample before, after;
  before.upstream_extra = "          addresses: [203.0.113.1, 203.0.113.2]\n";
  after.upstream_extra = "          addresses: [203.0.113.2, 203.0.113.1]\n";
  EXPECT_THAT(
      changes(before, after),
      ElementsAre("tenant a, service s: upstream addresses changes its order to 203.0.113.2, 203.0.113.1"));
}

TEST(Diff, an_authority_that_comes_beside_another_is_told_with_its_time) {
  Sample before, after;
  after.anchors =
      "[{file: a.pem, until: 2027-02-01T00:00:00Z}, {file: b.pem, from: 2026-10-01T09:00:00+09:00}]";
  EXPECT_THAT(changes(before, after),
              ElementsAre("tenant a: terminal_anchors loses a.pem",
                          "tenant a: terminal_anchors gains file a.pem, until 2027-02-01T00:00:00Z",
                          "tenant a: terminal_anchors gains file b.pem, from 2026-10-01T00:00:00Z"));
  after.anchors = "[a.pem, b.pem]";
  EXPECT_THAT(changes(before, after), ElementsAre("tenant a: terminal_anchors gains b.pem"));
  EXPECT_THAT(changes(after, before), ElementsAre("tenant a: terminal_anchors loses b.pem"));
}

TEST(Diff, a_list_that_comes_and_one_that_changes_are_told) {
  Sample with_list;
  with_list.limits = "    terminal_revocation: {lists: [a.crl]}\n";
  EXPECT_THAT(changes({}, with_list), ElementsAre("tenant a: terminal_revocation is new: lists a.crl"));
  const auto old = with_list.compiled();
  Surroundings surroundings = sample_surroundings();
  surroundings.read = [](const std::string& path) {
    return path == "a.crl" ? Result<std::string>(std::string("\x30\x03\x02\x01\x05", 5)) : sample_file(path);
  };
  const auto fresh = compile(with_list.text(), surroundings);
  ASSERT_TRUE(old.configuration && fresh.configuration) << places(fresh);
  EXPECT_THAT(diff(*old.configuration, *fresh.configuration),
              ElementsAre("the revocation list in a.crl changes"));
}

TEST(Diff, new_certificates_behind_an_old_path_are_told) {
  const auto old = Sample().compiled();
  Surroundings surroundings = sample_surroundings();
  surroundings.read = [](const std::string& path) -> Result<std::string> {
    return path == "ca.pem" ? std::string(kCertificate) + std::string(kCertificate)
                            : std::string(kCertificate);
  };
  const auto fresh = compile(Sample().text(), surroundings);
  ASSERT_TRUE(old.configuration && fresh.configuration);
  EXPECT_THAT(diff(*old.configuration, *fresh.configuration),
              ElementsAre("the certificates in ca.pem change"));
}

}  // namespace
}  // namespace gw::config
