// A new generation closes what it no longer allows, and nothing else (W6).

#include <gmock/gmock.h>

#include "component/proxy/open_sessions.h"

namespace gw {
namespace {

using support::TlsPeer;
using testing::ElementsAre;

class PublicationTest : public OpenSessions {};

TEST_F(PublicationTest, removed_rule_closes_only_its_own_sessions) {
  const auto emr = open("t1", 0), labs = open("t2", 1);
  const auto adopted = box.publish([](model::Tenant& tenant) { tenant.rules[0].terminals.clear(); });
  EXPECT_EQ(adopted.sessions_kept, 1u);
  EXPECT_EQ(adopted.sessions_closed, 1u);
  ASSERT_TRUE(box.until([&] { return !box.reasons().empty(); }));
  EXPECT_THAT(box.reasons(), ElementsAre("rule_removed"));
  EXPECT_TRUE(echoes(*labs));
}

TEST_F(PublicationTest, a_session_survives_the_renumbering_of_everything_around_it) {
  const auto labs = open("t2", 1);
  box.publish([](model::Tenant& tenant) {
    tenant.services.erase(tenant.services.begin());
    tenant.listeners.erase(tenant.listeners.begin());
    tenant.rules.erase(tenant.rules.begin());
    tenant.terminals.erase(tenant.terminals.begin());
    tenant.services[0].id = model::ServiceId(0);
    tenant.listeners[0].id = model::ListenerId(0);
    tenant.listeners[0].services = {model::ServiceId(0)};
    tenant.terminals[0].id = model::TerminalId(0);
    tenant.rules[0] = {model::RuleId(0), "t2-may-labs", {model::TerminalId(0)}, model::ServiceId(0), {}};
  });
  EXPECT_TRUE(echoes(*labs));
}

TEST_F(PublicationTest, a_service_that_moves_ends_its_sessions) {
  const auto emr = open("t1", 0);
  box.publish(
      [](model::Tenant& tenant) { tenant.services[0].upstream.server_name = "elsewhere.cloud.example"; });
  ASSERT_TRUE(box.until([&] { return !box.reasons().empty(); }));
  EXPECT_THAT(box.reasons(), ElementsAre("rule_removed"));
}

TEST_F(PublicationTest, a_service_whose_certificate_is_not_there_ends_its_sessions_alone) {
  const auto emr = open("t1", 0), labs = open("t2", 1);
  box.publish([](model::Tenant& tenant) { tenant.services[0].upstream.credential.chain_pem.clear(); });
  ASSERT_TRUE(box.until([&] { return !box.reasons().empty(); }));
  EXPECT_THAT(box.reasons(), ElementsAre("key_unavailable"));
  EXPECT_TRUE(echoes(*labs));
}

TEST_F(PublicationTest, a_rule_removed_during_the_handshake_counts) {
  TlsPeer terminal = box.connect(box.good_terminal());
  for (int i = 0; i < 3; ++i) {
    terminal.step();
    box.round();
  }
  box.publish([](model::Tenant& tenant) { tenant.rules[0].terminals.clear(); });
  ASSERT_TRUE(box.until([&] {
    terminal.step();
    return !box.reasons().empty();
  }));
  EXPECT_THAT(box.reasons(), ElementsAre("rule_removed"));
}

TEST_F(PublicationTest, a_terminal_is_never_resumed_and_a_cloud_session_not_into_the_next_generation) {
  const auto first = open("t1", 0);
  EXPECT_TRUE(echoes(*first));
  box.publish([](model::Tenant&) {});
  const auto second = open("t1", 0);
  EXPECT_FALSE(second->terminal.resumed());
  EXPECT_FALSE(second->cloud.resumed());
}

TEST_F(PublicationTest, draining_ends_every_session_with_its_own_reason) {
  const auto emr = open("t1", 0), labs = open("t2", 1);
  box.worker().drain();
  ASSERT_TRUE(box.until([&] { return box.reasons().size() == 2; }));
  EXPECT_THAT(box.reasons(), ElementsAre("draining", "draining"));
}

}  // namespace
}  // namespace gw
