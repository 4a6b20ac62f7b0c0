#include "model/authorise.h"

#include <gtest/gtest.h>

#include <functional>

#include "unit/model/clinic.h"

namespace gw::model {
namespace {

using std::chrono::seconds;

constexpr CivilTime kNow{std::chrono::sys_days(std::chrono::year(2026) / 11 / 22)};
constexpr seconds kNowSeconds = std::chrono::duration_cast<seconds>(kNow.time_since_epoch());

/// One departure from small_tenant() and what follows.
struct Row {
  const char* name;
  std::function<void(Tenant&)> change;
  std::string server_name;
  std::string verdict;  ///< "allowed" or the reason
  std::string uri = "urn:sekisho:imaging:ct";
};

std::string verdict(const Row& row) {
  Tenant tenant = small_tenant();
  row.change(tenant);
  const auto snapshot = Snapshot::make(Generation(1), tenant);
  if (!snapshot) return snapshot.error().to_text();
  const auto result = authorise(**snapshot, ListenerId(0), identity_of(row.uri), row.server_name, kNow);
  if (const auto* reason = std::get_if<CloseReason>(&result)) return std::string(to_string(*reason));
  return "allowed";
}

void nothing(Tenant&) {}
void named(Tenant& tenant) { tenant.services[0].downstream.server_names = {"archive.box.example"}; }

class AuthoriseTest : public testing::TestWithParam<Row> {};

TEST_P(AuthoriseTest, decides) { EXPECT_EQ(verdict(GetParam()), GetParam().verdict); }

INSTANTIATE_TEST_SUITE_P(
    Table, AuthoriseTest,
    testing::Values(
        Row{"a_terminal_with_a_rule_passes", nothing, "", "allowed"},
        Row{"a_nameless_service_takes_any_name", nothing, "anything.example", "allowed"},
        Row{"the_right_name_passes", named, "archive.box.example", "allowed"},
        Row{"no_name_passes_on_a_listener_of_one_service", named, "", "allowed"},
        Row{"a_wrong_name_is_refused", named, "other.example", "policy_unknown_name"},
        Row{"an_unknown_certificate_is_refused", nothing, "", "policy_unknown_terminal",
            "urn:sekisho:imaging:mr"},
        Row{"another_tenants_certificate_is_refused", nothing, "", "policy_unknown_terminal",
            "urn:sekisho:billing:ct"},
        Row{"a_prefix_of_the_identity_is_refused", nothing, "", "policy_unknown_terminal",
            "urn:sekisho:imaging:c"},
        Row{"the_identity_in_another_case_is_refused", nothing, "", "policy_unknown_terminal",
            "urn:sekisho:imaging:CT"},
        Row{"a_blocked_terminal_is_refused", [](Tenant& made) { made.terminals[0].blocked = true; }, "",
            "policy_terminal_blocked"},
        Row{"without_a_rule_nothing_passes", [](Tenant& made) { made.rules.clear(); }, "", "policy_no_rule"},
        Row{"a_rule_for_nobody_lets_nobody_pass", [](Tenant& made) { made.rules[0].terminals.clear(); }, "",
            "policy_no_rule"},
        Row{"a_rule_passes_in_its_last_second",
            [](Tenant& made) { made.rules[0].until = kNowSeconds + seconds(1); }, "", "allowed"},
        Row{"a_rule_ends_at_its_end", [](Tenant& made) { made.rules[0].until = kNowSeconds; }, "",
            "policy_rule_ended"},
        Row{"a_dated_exception_passes_before_its_end",
            [](Tenant& made) { made.services[0].upstream.profile.until = kNowSeconds + seconds(1); }, "",
            "allowed"},
        Row{"an_exception_toward_the_cloud_ends",
            [](Tenant& made) { made.services[0].upstream.profile.until = kNowSeconds; }, "",
            "policy_exception_ended"},
        Row{"an_exception_toward_the_terminal_ends",
            [](Tenant& made) { made.services[0].downstream.profile.until = kNowSeconds; }, "",
            "policy_exception_ended"}),
    [](const auto& row) { return row.param.name; });

/// Two services told apart by name on one listener; the terminal may use the second only.
class SharedListenerTest : public testing::Test {
 protected:
  SnapshotPtr snapshot;

  void SetUp() override {
    Tenant tenant = small_tenant();
    tenant.services.push_back(tenant.services[0]);
    tenant.services[1].id = ServiceId(1);
    tenant.services[0].downstream.server_names = {"a.example"};
    tenant.services[1].downstream.server_names = {"b.example", "b2.example"};
    tenant.listeners[0].services = {ServiceId(0), ServiceId(1)};
    tenant.rules[0].service = ServiceId(1);
    snapshot = *Snapshot::make(Generation(1), tenant);
  }
  std::string ask(const char* server_name) const {
    const auto result =
        authorise(*snapshot, ListenerId(0), identity_of("urn:sekisho:imaging:ct"), server_name, kNow);
    if (const auto* permission = std::get_if<Permission>(&result))
      return "service " + std::to_string(permission->service.number());
    return std::string(to_string(std::get<CloseReason>(result)));
  }
};

TEST_F(SharedListenerTest, the_name_picks_the_service_and_the_rule_decides) {
  EXPECT_EQ(ask("b.example"), "service 1");
  EXPECT_EQ(ask("b2.example"), "service 1");
  EXPECT_EQ(ask("a.example"), "policy_no_rule");
}

TEST_F(SharedListenerTest, no_name_or_an_unknown_one_picks_nothing) {
  EXPECT_EQ(ask(""), "policy_unknown_name");
  EXPECT_EQ(ask("c.example"), "policy_unknown_name");
}

TEST(PermissionTest, says_who_uses_what_by_which_rule) {
  const auto snapshot = *Snapshot::make(Generation(1), small_tenant());
  const auto result = authorise(*snapshot, ListenerId(0), identity_of("urn:sekisho:imaging:ct"), "", kNow);
  const auto& permission = std::get<Permission>(result);
  EXPECT_EQ(permission.terminal, TerminalId(0));
  EXPECT_EQ(permission.service, ServiceId(0));
  EXPECT_EQ(permission.rule, RuleId(0));
  EXPECT_EQ(permission.until, CivilSeconds::max());
}

TEST(PermissionTest, ends_with_the_first_of_what_is_dated) {
  const auto end_of = [](seconds rule, seconds downstream, seconds upstream) {
    Tenant tenant = small_tenant();
    tenant.rules[0].until = rule;
    tenant.services[0].downstream.profile.until = downstream;
    tenant.services[0].upstream.profile.until = upstream;
    const auto snapshot = *Snapshot::make(Generation(1), tenant);
    const auto result = authorise(*snapshot, ListenerId(0), identity_of("urn:sekisho:imaging:ct"), "", kNow);
    return std::get<Permission>(result).until - kNowSeconds;
  };
  const seconds none{0}, soon = kNowSeconds + seconds(1), later = kNowSeconds + seconds(2);
  EXPECT_EQ(end_of(soon, none, none), seconds(1));
  EXPECT_EQ(end_of(later, soon, none), seconds(1));
  EXPECT_EQ(end_of(none, later, soon), seconds(1));
}

// ---- services that are passed through (D10, WLS-03)

const IpAddress kDesk = *IpAddress::parse("10.1.0.7");

Tenant passed_through() {
  Tenant tenant = small_tenant();
  Service& service = tenant.services[0];
  service.mode = Mode::pass_through;
  service.exception = {kNowSeconds + seconds(60), "why", "who"};
  service.downstream.server_names = {service.upstream.server_name};
  tenant.terminals[0].source = kDesk;
  return tenant;
}
std::string verdict_at(const Tenant& tenant, const IpAddress& source, const std::string& name,
                       CivilTime now = kNow) {
  const auto snapshot = *Snapshot::make(Generation(1), tenant);
  const auto result = authorise(*snapshot, ListenerId(0), source, name, now);
  const auto* reason = std::get_if<CloseReason>(&result);
  return reason != nullptr ? std::string(to_string(*reason)) : "allowed";
}

TEST(PassedThrough, goes_by_the_name_and_the_address) {
  const Tenant tenant = passed_through();
  EXPECT_EQ(verdict_at(tenant, kDesk, "archive.example"), "allowed");
  EXPECT_EQ(verdict_at(tenant, kDesk, ""), "policy_unknown_name") << "even alone on its listener";
  EXPECT_EQ(verdict_at(tenant, kDesk, "other.example"), "policy_unknown_name");
  EXPECT_EQ(verdict_at(tenant, *IpAddress::parse("10.1.0.8"), "archive.example"), "policy_unknown_terminal");
}

TEST(PassedThrough, ends_with_its_exception_and_never_is_without_one) {
  Tenant tenant = passed_through();
  EXPECT_EQ(verdict_at(tenant, kDesk, "archive.example", kNow + seconds(60)), "policy_exception_ended");
  const auto allowed =
      authorise(**Snapshot::make(Generation(1), tenant), ListenerId(0), kDesk, "archive.example", kNow);
  EXPECT_EQ(std::get<Permission>(allowed).until, kNowSeconds + seconds(60));
  tenant.services[0].exception.reset();
  EXPECT_EQ(verdict_at(tenant, kDesk, "archive.example"), "certificate_missing");
}

TEST(PassedThrough, an_address_opens_no_other_service_and_a_certificate_not_this_one) {
  Tenant other = passed_through();
  other.services[0].mode = Mode::terminate;
  EXPECT_EQ(verdict_at(other, kDesk, "archive.example"), "certificate_missing");
  const auto snapshot = *Snapshot::make(Generation(1), passed_through());
  const auto result =
      authorise(*snapshot, ListenerId(0), identity_of("urn:sekisho:imaging:ct"), "archive.example", kNow);
  EXPECT_EQ(std::get<CloseReason>(result), CloseReason::policy_unknown_terminal);
}

}  // namespace
}  // namespace gw::model
