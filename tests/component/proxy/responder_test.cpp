// A responder is asked about a cloud's certificate while the handshake waits, and again as long as a session
// stands on its answer (SRV-03).

#include <gmock/gmock.h>

#include "component/proxy/keys_elsewhere.h"
#include "component/proxy/open_sessions.h"
#include "component/proxy/responder_played.h"

namespace gw {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using support::PeerOptions;
using support::TlsPeer;
using testing::ElementsAre;
using testing::IsEmpty;

class ResponderTest : public OpenSessions {
 protected:
  ResponderPlayed responder{box};
  const support::Issued server = box.cloud_server();

  ResponderTest() {
    publish([](model::Revocation&) {});
    responder.says = box.cloud_ca.status_answer(server);
  }
  /// The next generation asks the responder about the first service's cloud, and what else the test wants.
  void publish(const std::function<void(model::Revocation&)>& change) {
    box.publish([&](model::Tenant& tenant) {
      for (model::Service& service : tenant.services)
        service.limits = {.idle = hours(72), .lifetime = hours(72)};
      tenant.services[0].upstream.revocation.responder.server_name = "ocsp.example";
      change(tenant.services[0].upstream.revocation);
    });
  }
  void publish_soft(seconds lasts) {
    publish([&](model::Revocation& revocation) { revocation.soft_until = now() + lasts; });
  }
  model::CivilSeconds now() const {
    return std::chrono::floor<seconds>(box.clock.civil_now()).time_since_epoch();
  }
  PeerOptions cloud(const std::vector<std::uint8_t>& staple = {}) const {
    return {.credential = server, .trusts = box.cloud_ca.pem(), .staple = {staple.begin(), staple.end()}};
  }
  std::unique_ptr<Pair> open_emr() { return open_with(box.good_terminal(), cloud()); }
  /// A session whose handshake with the cloud waits for the responder.
  Pair waiting() {
    const int dials = box.dials;
    TlsPeer client = box.connect(box.good_terminal());
    EXPECT_TRUE(box.until([&] {
      client.step();
      return box.dials > dials;
    }));
    Pair pair{std::move(client), std::move(*box.accept_cloud(cloud()))};
    for (int i = 0; i < 20; ++i) step(pair);
    return pair;
  }
  void step(Pair& pair) {
    pair.terminal.step();
    pair.cloud.step();
    box.round();
  }
  std::string refusal(const PeerOptions& cloud_end) {
    const std::size_t before = box.reasons().size();
    const int dials = box.dials;
    TlsPeer client = box.connect(box.good_terminal());
    EXPECT_TRUE(box.until([&] {
      client.step();
      return box.dials > dials;
    }));
    auto far = box.accept_cloud(cloud_end);
    EXPECT_TRUE(box.until([&] {
      client.step();
      far->step();
      return box.reasons().size() > before && far->broken();
    }));
    alert = far->alert();
    return box.reasons().back();
  }
  std::string refusal() { return refusal(cloud()); }
  /// Time goes by in steps, as the sweep sees it.
  void pass(seconds time, seconds step = seconds(10)) {
    for (seconds gone(0); gone < time; gone += step) box.advance(step);
    for (int i = 0; i < 20; ++i) box.round();
  }
  std::vector<std::string> details() const {
    std::vector<std::string> found;
    for (const Event* event : box.records(EventId::responder_silent))
      found.push_back(box.text(*event, Field::detail));
    return found;
  }
  int alert = 0;
};

TEST_F(ResponderTest, that_says_good_lets_the_session_begin_and_the_next_ones_without_being_asked) {
  const auto first = open_emr();
  EXPECT_TRUE(echoes(*first));
  EXPECT_EQ(box.inquiries, 1);
  EXPECT_TRUE(echoes(*open_emr()));
  EXPECT_EQ(box.inquiries, 1);
  EXPECT_THAT(details(), IsEmpty());
}

TEST_F(ResponderTest, that_says_revoked_ends_the_handshake_under_every_policy) {
  responder.says = box.cloud_ca.status_answer(server, true);
  EXPECT_EQ(refusal(), "upstream_certificate_revoked");
  EXPECT_EQ(alert, SSL_AD_CERTIFICATE_REVOKED);
  publish_soft(hours(1));
  EXPECT_EQ(refusal(), "upstream_certificate_revoked");
  EXPECT_EQ(box.inquiries, 1);
}

TEST_F(ResponderTest, that_cannot_be_asked_refuses_and_is_told_once) {
  responder.trouble = ipc::dial::InquiryTrouble::refused;
  EXPECT_EQ(refusal(), "upstream_certificate_status_unknown");
  EXPECT_EQ(refusal(), "upstream_certificate_status_unknown");
  EXPECT_EQ(box.inquiries, 1) << "a failure is followed by a pause";
  pass(seconds(3), seconds(1));
  EXPECT_EQ(refusal(), "upstream_certificate_status_unknown");
  EXPECT_EQ(box.inquiries, 2);
  EXPECT_THAT(details(), ElementsAre("it refused the connection"));
  EXPECT_EQ(box.text(*box.records(EventId::responder_silent)[0], Field::server_name), "ocsp.example:80");
  EXPECT_EQ(box.text(*box.records(EventId::responder_silent)[0], Field::service), "emr");

  responder.trouble.reset();
  pass(seconds(5), seconds(1));
  EXPECT_TRUE(echoes(*open_emr()));
  EXPECT_EQ(box.records(EventId::responder_answers).size(), 1u);
}

TEST_F(ResponderTest, that_cannot_be_asked_is_borne_as_long_as_patience_lasts) {
  responder.trouble = ipc::dial::InquiryTrouble::silent;
  publish_soft(hours(1));
  const auto session = open_emr();
  pass(minutes(59));
  EXPECT_TRUE(echoes(*session));
  EXPECT_LE(box.inquiries, 70) << "once a minute";
  EXPECT_THAT(details(), ElementsAre("it did not answer in time"));
  pass(minutes(2));
  EXPECT_THAT(box.reasons(), ElementsAre("upstream_certificate_status_unknown"));
}

TEST_F(ResponderTest, that_can_be_asked_again_is_believed_before_patience_ends) {
  responder.trouble = ipc::dial::InquiryTrouble::silent;
  publish_soft(hours(1));
  const auto session = open_emr();
  responder.trouble.reset();
  pass(minutes(90));
  EXPECT_TRUE(echoes(*session));
  EXPECT_EQ(box.records(EventId::responder_answers).size(), 1u);
}

TEST_F(ResponderTest, with_an_answer_that_is_worth_nothing_is_in_doubt_in_words) {
  responder.says = {'n', 'o'};
  EXPECT_EQ(refusal(), "upstream_certificate_status_unknown");
  EXPECT_THAT(details(), ElementsAre("the revocation data cannot be read"));
  EXPECT_EQ(box.text(*box.records(EventId::session_refused).back(), Field::detail),
            "the OCSP responder gave no answer that counts");
}

TEST_F(ResponderTest, with_a_forged_answer_is_not_believed) {
  responder.says = support::TestCa::root({.name = "cloud ca"}).status_answer(server);
  EXPECT_EQ(refusal(), "upstream_certificate_status_unknown");
}

TEST_F(ResponderTest, is_not_asked_where_the_cloud_staples_what_counts) {
  publish([](model::Revocation& revocation) { revocation.stapling = true; });
  EXPECT_TRUE(echoes(*open_with(box.good_terminal(), cloud(box.cloud_ca.status_answer(server)))));
  EXPECT_EQ(refusal(cloud(box.cloud_ca.status_answer(server, true))), "upstream_certificate_revoked");
  EXPECT_EQ(box.inquiries, 0);
}

TEST_F(ResponderTest, is_asked_where_the_cloud_staples_nothing_or_what_does_not_count) {
  publish([](model::Revocation& revocation) { revocation.stapling = true; });
  EXPECT_TRUE(echoes(*open_emr()));
  EXPECT_EQ(box.inquiries, 1);
  const auto stale = box.cloud_ca.status_answer(server, false, seconds(-60));
  EXPECT_TRUE(echoes(*open_with(box.good_terminal(), cloud(stale))));
}

TEST_F(ResponderTest, takes_over_when_a_stapled_answer_ends) {
  publish([](model::Revocation& revocation) { revocation.stapling = true; });
  const auto session =
      open_with(box.good_terminal(), cloud(box.cloud_ca.status_answer(server, false, hours(1))));
  EXPECT_EQ(box.inquiries, 0);
  pass(minutes(62));
  EXPECT_TRUE(echoes(*session));
  EXPECT_EQ(box.inquiries, 1);
}

TEST_F(ResponderTest, counts_in_tls_1_2_before_or_beside_what_is_stapled) {
  box.publish(
      [](model::Tenant& tenant) { tenant.services[0].upstream.profile.name = model::ProfileName::high_12; });
  PeerOptions old = cloud();
  old.min_version = old.max_version = TLS1_2_VERSION;
  EXPECT_TRUE(echoes(*open_with(box.good_terminal(), old)));
  publish([](model::Revocation& revocation) { revocation.stapling = true; });
  EXPECT_TRUE(echoes(*open_with(box.good_terminal(), old)));
  const auto revoked = box.cloud_ca.status_answer(server, true);
  old.staple = {revoked.begin(), revoked.end()};
  EXPECT_EQ(refusal(old), "upstream_certificate_revoked");
  EXPECT_EQ(box.inquiries, 1);
}

TEST_F(ResponderTest, is_asked_once_by_all_who_wait) {
  responder.holds = true;
  Pair one = waiting(), other = waiting();
  EXPECT_EQ(box.inquiries, 1);
  responder.release();
  EXPECT_TRUE(box.until([&] {
    step(one);
    step(other);
    return box.records(EventId::session_opened).size() == 2;
  }));
  EXPECT_EQ(box.inquiries, 1);
}

TEST_F(ResponderTest, that_is_slow_keeps_nobody_else_waiting) {
  const auto standing = open("t2", 1);
  responder.holds = true;
  Pair slow = waiting();
  EXPECT_TRUE(echoes(*standing));
  EXPECT_TRUE(echoes(*open("t2", 1)));
  EXPECT_EQ(box.records(EventId::session_opened).size(), 2u);
  responder.release();
  EXPECT_TRUE(box.until([&] {
    step(slow);
    return box.records(EventId::session_opened).size() == 3;
  }));
}

TEST_F(ResponderTest, behind_a_dialer_that_says_nothing_is_given_up_in_time) {
  responder.holds = true;
  Pair pair = waiting();
  pass(seconds(8), seconds(1));
  EXPECT_TRUE(box.until([&] {
    step(pair);
    return !box.reasons().empty();
  }));
  EXPECT_THAT(box.reasons(), ElementsAre("upstream_certificate_status_unknown"));
  EXPECT_THAT(details(), ElementsAre("it did not answer in time"));
}

TEST_F(ResponderTest, finds_nobody_left_and_that_is_all) {
  responder.holds = true;
  {
    Pair pair = waiting();
    pair.terminal.reset();
    box.worker().cut({.whole = true});
    EXPECT_TRUE(box.until([&] { return !box.reasons().empty(); }));
  }
  responder.release();
  for (int i = 0; i < 20; ++i) box.round();
  box.worker().cut({});
  EXPECT_TRUE(echoes(*open_emr()));
  EXPECT_EQ(box.inquiries, 1) << "the answer came all the same";
}

TEST_F(ResponderTest, is_asked_again_at_half_time_so_that_no_session_notices) {
  responder.says = box.cloud_ca.status_answer(server, false, hours(4));
  const auto session = open_emr();
  pass(minutes(119));
  EXPECT_EQ(box.inquiries, 1);
  responder.says = box.cloud_ca.status_answer(server, false, hours(8));
  pass(minutes(3));
  EXPECT_EQ(box.inquiries, 2);
  pass(hours(3), minutes(1));
  EXPECT_TRUE(echoes(*session));
  EXPECT_THAT(box.reasons(), IsEmpty());
}

TEST_F(ResponderTest, that_says_revoked_when_asked_again_ends_the_session) {
  responder.says = box.cloud_ca.status_answer(server, false, hours(4));
  const auto ends = open_emr(), stays = open("t2", 1);
  responder.says = box.cloud_ca.status_answer(server, true, hours(8));
  pass(minutes(122));
  EXPECT_THAT(box.reasons(), ElementsAre("upstream_certificate_revoked"));
  EXPECT_TRUE(echoes(*stays));
}

TEST_F(ResponderTest, that_has_said_revoked_counts_whatever_is_stapled) {
  publish([](model::Revocation& revocation) { revocation.stapling = true; });
  responder.says = box.cloud_ca.status_answer(server, true);
  EXPECT_EQ(refusal(), "upstream_certificate_revoked");
  EXPECT_EQ(refusal(cloud(box.cloud_ca.status_answer(server))), "upstream_certificate_revoked")
      << "whoever has the key staples what was true before";
}

TEST_F(ResponderTest, takes_back_what_it_said_and_nobody_else_does) {
  responder.says = box.cloud_ca.status_answer(server, true);
  EXPECT_EQ(refusal(), "upstream_certificate_revoked");
  responder.says = box.cloud_ca.status_answer(server, false, hours(24), hours(-2));
  pass(minutes(61), minutes(1));
  for (int i = 0; i < 2; ++i) EXPECT_EQ(refusal(), "upstream_certificate_revoked") << "an older answer";
  EXPECT_THAT(details(), ElementsAre("its answer is older than the one before"));
  responder.says = box.cloud_ca.status_answer(server, false, hours(24), minutes(-1));
  pass(minutes(2));
  EXPECT_EQ(refusal(), "upstream_certificate_revoked") << "what is known when it is asked anew";
  EXPECT_TRUE(echoes(*open_emr()));
}

TEST_F(ResponderTest, that_is_gone_past_the_end_of_its_answer_ends_the_session) {
  responder.says = box.cloud_ca.status_answer(server, false, hours(2));
  const auto session = open_emr();
  responder.trouble = ipc::dial::InquiryTrouble::unresolved;
  pass(minutes(118), minutes(1));
  EXPECT_TRUE(echoes(*session));
  pass(minutes(3));
  EXPECT_THAT(box.reasons(), ElementsAre("upstream_certificate_status_unknown"));
  EXPECT_THAT(details(), ElementsAre("its name could not be resolved"));
}

TEST_F(ResponderTest, that_is_gone_past_the_end_of_its_answer_is_borne_if_there_is_patience) {
  publish_soft(hours(24));
  responder.says = box.cloud_ca.status_answer(server, false, hours(2));
  const auto session = open_emr();
  responder.trouble = ipc::dial::InquiryTrouble::unresolved;
  pass(minutes(180), minutes(1));
  EXPECT_TRUE(echoes(*session));
}

TEST_F(ResponderTest, said_what_outlives_a_publication) {
  const auto session = open_emr();
  publish([](model::Revocation&) {});
  EXPECT_TRUE(echoes(*open_emr()));
  EXPECT_TRUE(echoes(*session));
  EXPECT_EQ(box.inquiries, 1);
}

TEST_F(ResponderTest, that_is_configured_later_is_asked_about_sessions_that_stand) {
  publish([](model::Revocation& revocation) { revocation = {}; });
  const auto session = open_emr();
  EXPECT_EQ(box.inquiries, 0);
  responder.says = box.cloud_ca.status_answer(server, true);
  publish([](model::Revocation&) {});
  pass(seconds(3), seconds(1));
  EXPECT_EQ(box.inquiries, 1);
  EXPECT_THAT(box.reasons(), ElementsAre("upstream_certificate_revoked"));
}

TEST_F(ResponderTest, is_asked_beside_lists_and_either_can_revoke) {
  publish([&](model::Revocation& revocation) {
    revocation.lists = {{.octets = box.cloud_ca.revocation_list({})}};
  });
  const auto session = open_emr();
  EXPECT_TRUE(echoes(*session));
  publish([&](model::Revocation& revocation) {
    revocation.lists = {{.octets = box.cloud_ca.revocation_list({server})}};
  });
  ASSERT_TRUE(box.until([&] { return !box.reasons().empty(); }));
  EXPECT_THAT(box.reasons(), ElementsAre("upstream_certificate_revoked"));
}

TEST_F(ResponderTest, book_is_bounded_and_forgets_who_is_watched_by_nobody) {
  const auto source = box.worker().answers().source(model::Generation(1), box.tenant().services[0]);
  const auto ca = std::move(pki::read_certificates(box.cloud_ca.pem())->front());
  const auto watch = [&] {
    const auto leaf = std::move(pki::read_certificates(box.cloud_server().chain_pem)->front());
    return source->watch(pki::question_about(leaf.get(), ca.get()));
  };
  std::vector<std::unique_ptr<tls::StatusWatch>> watches;
  for (std::size_t i = 0; i < proxy::AnswerBook::kMostEntries; ++i) watches.push_back(watch());
  EXPECT_FALSE(watch()->ask(nullptr)) << "nobody's answer is taken away";
  EXPECT_EQ(box.inquiries, 0);
  watches.pop_back();
  EXPECT_TRUE(watch()->ask(nullptr));
}

/// A handshake that waits for the responder, and for a key that is elsewhere.
class ResponderAndKeyElsewhere : public KeysElsewhere {
 protected:
  ResponderPlayed responder{box};
};

TEST_F(ResponderAndKeyElsewhere, are_waited_for_one_after_the_other) {
  const support::Issued server = box.cloud_server();
  responder.says = box.cloud_ca.status_answer(server);
  box.publish([](model::Tenant& tenant) {
    tenant.services[0].upstream.revocation.responder.server_name = "ocsp.example";
  });
  keyd.hold(3);
  EXPECT_TRUE(echoes(*open_with(box.good_terminal(), {.credential = server, .trusts = box.cloud_ca.pem()})));
  EXPECT_EQ(box.inquiries, 1);
  EXPECT_EQ(keyd.signatures, 2);
}

}  // namespace
}  // namespace gw
