// A session whose peer would be let in no more ends, and no other: by a list, by a change of trust, by time
// (CRT-04, SRV-03).

#include <gmock/gmock.h>

#include "component/proxy/open_sessions.h"

namespace gw {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using support::Issued;
using support::PeerOptions;
using support::TestCa;
using support::TlsPeer;
using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;

class JudgementTest : public OpenSessions {
 protected:
  const model::CivilSeconds now = std::chrono::floor<seconds>(box.clock.civil_now()).time_since_epoch();

  JudgementTest() {
    box.publish([](model::Tenant& tenant) {
      for (model::Service& service : tenant.services)
        service.limits = {.idle = hours(72), .lifetime = hours(72)};
    });
  }

  PeerOptions with(const Issued& credential) const {
    return {.credential = credential, .trusts = box.terminal_ca.pem()};
  }
  std::unique_ptr<Pair> open_as(const Issued& terminal, std::size_t listener = 0) {
    return open_with(with(terminal), box.good_cloud(), listener);
  }
  /// The next generation asks these lists of the terminals' authority.
  void publish_lists(std::vector<model::RevocationFile> lists, model::CivilSeconds soft_until = {}) {
    box.publish([&](model::Tenant& tenant) {
      tenant.terminal_revocation = {.lists = std::move(lists), .soft_until = soft_until};
    });
  }
  /// Time goes by a second at a time, as the sweep sees it.
  void pass(std::chrono::seconds time) {
    box.advance(time - seconds(2));
    for (int i = 0; i < 2; ++i) box.advance(seconds(1));
    for (int i = 0; i < 20; ++i) box.round();
  }
  model::Profile exception(seconds lasts) const {
    return {.name = model::ProfileName::high_12,
            .until = now + lasts,
            .reason = "an old device",
            .approver = "somebody"};
  }
  /// The first service stands on an exception that ends then, the second on none.
  void expect_an_exception_to_end(seconds then) {
    const auto ends = open("t1", 0), stays = open("t2", 1);
    pass(then - seconds(5));
    EXPECT_TRUE(echoes(*ends));
    pass(seconds(10));
    EXPECT_THAT(box.reasons(), ElementsAre("policy_exception_ended"));
    EXPECT_TRUE(echoes(*stays));
  }
  /// Tries to come in and waits for what is written about it.
  std::string refusal_of(const Issued& terminal) {
    const std::size_t before = box.reasons().size();
    TlsPeer client = box.connect(with(terminal));
    EXPECT_TRUE(box.until([&] {
      client.step();
      return box.reasons().size() > before;
    }));
    return box.reasons().back();
  }
  std::vector<std::string> reasons_after_rounds() {
    for (int i = 0; i < 50; ++i) box.round();
    return box.reasons();
  }
};

TEST_F(JudgementTest, a_revoked_terminal_ends_alone_and_comes_back_with_a_new_certificate) {
  const Issued lost = box.terminal("t1");
  const auto ends = open_as(lost), stays = open("t1", 0), other = open("t2", 1);
  publish_lists({{.octets = box.terminal_ca.revocation_list({lost})}});
  ASSERT_TRUE(box.until([&] { return !box.reasons().empty(); }));
  EXPECT_THAT(reasons_after_rounds(), ElementsAre("certificate_revoked"));
  EXPECT_EQ(box.text(*box.records(EventId::session_closed).back(), Field::terminal), "t1");
  EXPECT_TRUE(echoes(*stays));
  EXPECT_TRUE(echoes(*other));
  EXPECT_EQ(refusal_of(lost), "certificate_revoked");
  EXPECT_TRUE(echoes(*open("t1", 0)));
}

TEST_F(JudgementTest, a_revoked_cloud_ends_its_sessions_alone) {
  const Issued lost = box.cloud_server();
  const auto ends = open_with(box.good_terminal(), {.credential = lost, .trusts = box.cloud_ca.pem()});
  const auto stays = open("t1", 0);
  box.publish([&](model::Tenant& tenant) {
    tenant.services[0].upstream.revocation.lists = {{.octets = box.cloud_ca.revocation_list({lost})}};
  });
  ASSERT_TRUE(box.until([&] { return !box.reasons().empty(); }));
  EXPECT_THAT(reasons_after_rounds(), ElementsAre("upstream_certificate_revoked"));
  EXPECT_TRUE(echoes(*stays));
}

TEST_F(JudgementTest, everybody_is_judged_though_only_a_few_in_a_turn) {
  std::vector<Issued> lost;
  std::vector<std::unique_ptr<Pair>> sessions;
  for (int i = 0; i < 40; ++i) {
    lost.push_back(box.terminal("t1"));
    sessions.push_back(open_as(lost.back()));
    box.advance(std::chrono::milliseconds(50));  // within the rates
  }
  const auto stays = open("t2", 1);
  publish_lists({{.octets = box.terminal_ca.revocation_list(lost)}});
  box.round();
  EXPECT_LE(box.reasons().size(), 16u) << "the others' bytes move in between";
  ASSERT_TRUE(box.until([&] { return box.reasons().size() == lost.size(); }));
  EXPECT_THAT(box.reasons(), Each("certificate_revoked"));
  EXPECT_TRUE(echoes(*stays));
}

TEST_F(JudgementTest, a_publication_that_changes_nothing_ends_nothing) {
  publish_lists({{.octets = box.terminal_ca.revocation_list({})}});
  const auto emr = open("t1", 0), labs = open("t2", 1);
  publish_lists({{.octets = box.terminal_ca.revocation_list({})}});
  EXPECT_THAT(reasons_after_rounds(), IsEmpty());
  EXPECT_TRUE(echoes(*emr) && echoes(*labs));
}

TEST_F(JudgementTest, a_handshake_under_way_does_not_slip_past_a_new_list) {
  const Issued lost = box.terminal("t1");
  const PeerOptions cloud = box.good_cloud();
  TlsPeer client = box.connect(with(lost));
  ASSERT_TRUE(box.until([&] {
    client.step();
    return box.dials == 1;
  }));
  publish_lists({{.octets = box.terminal_ca.revocation_list({lost})}});
  ASSERT_TRUE(box.until([&] { return !box.reasons().empty(); }));
  EXPECT_THAT(box.reasons(), ElementsAre("certificate_revoked"));
}

TEST_F(JudgementTest, a_cloud_that_is_met_under_the_old_list_is_judged_by_the_new_one) {
  const Issued lost = box.cloud_server();
  TlsPeer client = box.connect(box.good_terminal());
  ASSERT_TRUE(box.until([&] {
    client.step();
    return box.dials == 1;
  }));
  box.round();  // the handshake with the cloud has begun
  box.publish([&](model::Tenant& tenant) {
    tenant.services[0].upstream.revocation.lists = {{.octets = box.cloud_ca.revocation_list({lost})}};
  });
  auto cloud = box.accept_cloud({.credential = lost, .trusts = box.cloud_ca.pem()});
  ASSERT_TRUE(box.until([&] {
    client.step();
    cloud->step();
    return !box.reasons().empty();
  }));
  EXPECT_THAT(box.reasons(), ElementsAre("upstream_certificate_revoked"));
}

TEST_F(JudgementTest, a_certificate_that_expires_ends_its_session) {
  const auto ends = open_as(box.terminal("t1", {.ends = hours(1)})), stays = open("t2", 1);
  pass(minutes(59));
  EXPECT_THAT(box.reasons(), IsEmpty());
  pass(seconds(65));
  EXPECT_THAT(box.reasons(), ElementsAre("certificate_expired"));
  EXPECT_TRUE(echoes(*stays));
}

TEST_F(JudgementTest, an_authority_in_between_that_expires_ends_the_sessions_below_it) {
  const TestCa issuing = box.terminal_ca.intermediate({.name = "issuing", .ends = hours(1)});
  const Issued below = issuing.issue({.name = "t1", .alternative_names = "URI:urn:sekisho:clinic:t1"});
  const auto ends = open_as(below), stays = open("t1", 0);
  pass(minutes(61));
  EXPECT_THAT(box.reasons(), ElementsAre("certificate_expired"));
  EXPECT_TRUE(echoes(*stays));
}

TEST_F(JudgementTest, a_cloud_certificate_that_expires_ends_its_session_and_is_not_resumed) {
  const Issued server = box.cloud_server({.ends = hours(1)});
  const auto session = open_with(box.good_terminal(), {.credential = server, .trusts = box.cloud_ca.pem()});
  EXPECT_TRUE(echoes(*session));
  pass(minutes(61));
  EXPECT_THAT(box.reasons(), ElementsAre("upstream_certificate_expired"));
}

TEST_F(JudgementTest, a_rule_that_ends_ends_its_sessions_alone) {
  box.publish([&](model::Tenant& tenant) { tenant.rules[0].until = now + hours(1); });
  const auto ends = open("t1", 0), stays = open("t2", 1);
  pass(minutes(59));
  EXPECT_THAT(box.reasons(), IsEmpty());
  EXPECT_TRUE(echoes(*ends));
  pass(seconds(65));
  EXPECT_THAT(box.reasons(), ElementsAre("policy_rule_ended"));
  EXPECT_TRUE(echoes(*stays));
}

TEST_F(JudgementTest, an_exception_toward_terminals_that_ends_ends_its_sessions_alone) {
  box.publish([&](model::Tenant& tenant) { tenant.services[0].downstream.profile = exception(hours(1)); });
  expect_an_exception_to_end(hours(1));
}

TEST_F(JudgementTest, an_exception_toward_the_cloud_that_ends_ends_its_sessions_alone) {
  box.publish([&](model::Tenant& tenant) { tenant.services[0].upstream.profile = exception(hours(1)); });
  expect_an_exception_to_end(hours(1));
}

TEST_F(JudgementTest, a_rule_that_is_prolonged_in_time_ends_nothing) {
  box.publish([&](model::Tenant& tenant) { tenant.rules[0].until = now + hours(1); });
  const auto session = open("t1", 0);
  pass(minutes(59));
  box.publish([&](model::Tenant& tenant) { tenant.rules[0].until = now + hours(2); });
  pass(minutes(30));
  EXPECT_THAT(box.reasons(), IsEmpty());
  EXPECT_TRUE(echoes(*session));
  pass(minutes(32));
  EXPECT_THAT(box.reasons(), ElementsAre("policy_rule_ended"));
}

TEST_F(JudgementTest, an_authority_is_rolled_over_without_an_outage) {
  const TestCa next = TestCa::root({.name = "next terminal ca"});
  box.publish([&](model::Tenant& tenant) {
    tenant.terminal_anchors = {{.pem = box.terminal_ca.pem(), .until = now + hours(2)},
                               {.pem = next.pem(), .from = now + hours(1)}};
  });
  const Issued fresh = next.issue({.name = "t1", .alternative_names = "URI:urn:sekisho:clinic:t1"});
  const auto old_session = open("t1", 0);
  EXPECT_EQ(refusal_of(fresh), "certificate_untrusted") << "its time has not begun";

  pass(minutes(61));
  const auto new_session = open_as(fresh);
  EXPECT_EQ(sk_X509_NAME_num(SSL_get0_peer_CA_list(new_session->terminal.ssl())), 2) << "both are asked for";
  EXPECT_TRUE(echoes(*old_session) && echoes(*new_session));

  pass(minutes(60));
  EXPECT_THAT(box.reasons(), ElementsAre("certificate_untrusted", "certificate_untrusted"));
  EXPECT_TRUE(echoes(*new_session));
  EXPECT_EQ(refusal_of(box.terminal("t1")), "certificate_untrusted");
}

TEST_F(JudgementTest, a_clock_that_leapt_and_came_back_leaves_the_trust_as_it_was) {
  const TestCa next = TestCa::root({.name = "next terminal ca"});
  box.publish([&](model::Tenant& tenant) {
    tenant.terminal_anchors = {{.pem = box.terminal_ca.pem(), .until = now + hours(2)},
                               {.pem = next.pem(), .from = now + hours(1)}};
  });
  const CivilTime today = box.clock.civil_now();
  box.clock.set_civil(today + hours(72));
  EXPECT_EQ(refusal_of(box.terminal("t1")), "certificate_untrusted");
  box.clock.set_civil(today);
  EXPECT_TRUE(echoes(*open("t1", 0)));
}

TEST_F(JudgementTest, a_removed_anchor_ends_the_sessions_that_stand_on_it_alone) {
  const TestCa other = TestCa::root({.name = "other terminal ca"});
  const Issued below = other.issue({.name = "t1", .alternative_names = "URI:urn:sekisho:clinic:t1"});
  const auto both = [&](model::Tenant& tenant) {
    tenant.terminal_anchors = {{.pem = box.terminal_ca.pem()}, {.pem = other.pem()}};
  };
  box.publish(both);
  const auto ends = open_as(below), stays = open("t1", 0);
  box.publish([](model::Tenant& tenant) { tenant.terminal_anchors.pop_back(); });
  ASSERT_TRUE(box.until([&] { return !box.reasons().empty(); }));
  EXPECT_THAT(reasons_after_rounds(), ElementsAre("certificate_untrusted"));
  EXPECT_TRUE(echoes(*stays));
}

TEST_F(JudgementTest, an_anchor_that_is_renewed_with_its_key_keeps_its_sessions) {
  const auto session = open("t1", 0);
  const TestCa renewed = box.terminal_ca.renewed({.name = "terminal ca", .ends = hours(24 * 365)});
  box.publish([&](model::Tenant& tenant) { tenant.terminal_anchors = {{.pem = renewed.pem()}}; });
  EXPECT_THAT(reasons_after_rounds(), IsEmpty());
  EXPECT_TRUE(echoes(*session));
}

TEST_F(JudgementTest, a_stale_list_ends_the_sessions_that_stand_on_it) {
  publish_lists({{.octets = box.terminal_ca.revocation_list({}, hours(1))}});
  const auto session = open("t1", 0);
  pass(minutes(59));
  EXPECT_TRUE(echoes(*session));
  pass(minutes(2));
  EXPECT_THAT(box.reasons(), ElementsAre("certificate_status_unknown"));
  EXPECT_EQ(refusal_of(box.terminal("t1")), "certificate_status_unknown");
}

TEST_F(JudgementTest, a_list_that_is_followed_in_time_ends_nothing) {
  publish_lists({{.octets = box.terminal_ca.revocation_list({}, hours(1))}});
  const auto session = open("t1", 0);
  pass(minutes(59));
  publish_lists({{.octets = box.terminal_ca.revocation_list({}, hours(2))}});
  pass(minutes(30));
  EXPECT_THAT(box.reasons(), IsEmpty());
  EXPECT_TRUE(echoes(*session));
}

TEST_F(JudgementTest, a_stale_list_is_borne_until_patience_ends) {
  publish_lists({{.octets = box.terminal_ca.revocation_list({}, hours(1))}}, now + hours(2));
  const auto session = open("t1", 0);
  pass(minutes(90));
  EXPECT_THAT(box.reasons(), IsEmpty());
  const auto meanwhile = open("t1", 0);
  EXPECT_TRUE(echoes(*session) && echoes(*meanwhile));
  pass(minutes(31));
  EXPECT_THAT(box.reasons(), ElementsAre("certificate_status_unknown", "certificate_status_unknown"));
}

/// The cloud's authority is rolled over: what was agreed under the old one is taken up no more.
TEST_F(JudgementTest, a_cloud_session_is_not_resumed_past_the_trust_it_stands_on) {
  const TestCa next = TestCa::root({.name = "next cloud ca"});
  box.publish([&](model::Tenant& tenant) {
    tenant.services[0].upstream.anchors = {{.pem = box.cloud_ca.pem(), .until = now + minutes(10)},
                                           {.pem = next.pem()}};
  });
  const auto first = open("t1", 0);
  first->cloud.send("carries the tickets");
  ASSERT_TRUE(box.until([&] {
    first->terminal.step();
    first->cloud.step();
    return first->terminal.received() == "carries the tickets";
  }));
  const auto come_again = [&] {
    const int dials = box.dials;
    TlsPeer client = box.connect(box.good_terminal());
    EXPECT_TRUE(box.until([&] {
      client.step();
      return box.dials > dials;
    }));
    TlsPeer server = first->cloud.next(box.accept_cloud_raw());
    EXPECT_TRUE(box.until([&] {
      client.step();
      server.step();
      return server.established() || server.broken();
    }));
    return server.established() && server.resumed();
  };
  EXPECT_TRUE(come_again());
  ASSERT_TRUE(box.until([&] { return box.reasons().size() == 1; })) << "its terminal has gone";
  pass(minutes(11));
  EXPECT_EQ(box.reasons().back(), "upstream_certificate_untrusted");
  EXPECT_FALSE(come_again());
  ASSERT_TRUE(box.until([&] { return box.reasons().size() == 3; }));
  EXPECT_EQ(box.reasons().back(), "upstream_certificate_untrusted");
}

}  // namespace
}  // namespace gw
