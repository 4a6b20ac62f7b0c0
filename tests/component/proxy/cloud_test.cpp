// The cloud's side: who is believed, what is resumed, what the cloud is told.

#include <gmock/gmock.h>

#include "pki/certificate.h"
#include "support/compartment.h"

namespace gw {
namespace {

using support::CertificateOptions;
using support::Compartment;
using support::PeerOptions;
using support::TestCa;
using support::TlsPeer;
using testing::ElementsAre;

class CloudTest : public testing::Test {
 protected:
  Compartment box;
  std::optional<TlsPeer> terminal;
  std::optional<TlsPeer> cloud;

  void start(const PeerOptions& options) {
    terminal.emplace(box.connect(box.good_terminal()));
    const int dials = box.dials;
    ASSERT_TRUE(box.until([&] {
      terminal->step();
      return box.dials > dials;
    }));
    cloud = box.accept_cloud(options);
    ASSERT_TRUE(cloud);
  }
  bool step_until(const std::function<bool()>& holds) {
    return box.until([&] {
      terminal->step();
      if (cloud) cloud->step();
      return holds();
    });
  }
  void expect_refused(CertificateOptions certificate, const std::string& reason) {
    start({.credential = box.cloud_server(certificate), .trusts = box.cloud_ca.pem()});
    ASSERT_TRUE(step_until([&] { return !box.reasons().empty(); }));
    EXPECT_THAT(box.reasons(), ElementsAre(reason));
    EXPECT_TRUE(step_until([&] { return terminal->broken(); })) << "the terminal must not wait for nothing";
  }
};

TEST_F(CloudTest, a_certificate_of_a_foreign_authority_is_refused) {
  const TestCa other = TestCa::root({.name = "public ca"});
  start({.credential = other.issue({.alternative_names = "DNS:emr.cloud.example", .usage = "serverAuth"})});
  ASSERT_TRUE(step_until([&] { return !box.reasons().empty(); }));
  EXPECT_THAT(box.reasons(), ElementsAre("upstream_certificate_untrusted"));
}

TEST_F(CloudTest, another_name_is_refused) {
  expect_refused({.alternative_names = "DNS:other.cloud.example"}, "upstream_certificate_name");
}

TEST_F(CloudTest, a_common_name_counts_for_nothing) {
  expect_refused({.name = "emr.cloud.example", .alternative_names = "DNS:other.example"},
                 "upstream_certificate_name");
}

TEST_F(CloudTest, a_wildcard_inside_a_label_is_refused) {
  expect_refused({.alternative_names = "DNS:e*.cloud.example"}, "upstream_certificate_name");
}

TEST_F(CloudTest, a_wildcard_does_not_reach_over_two_labels) {
  expect_refused({.alternative_names = "DNS:*.example"}, "upstream_certificate_name");
}

TEST_F(CloudTest, an_expired_certificate_is_refused) {
  expect_refused({.begins = std::chrono::hours(-48), .ends = std::chrono::hours(-24)},
                 "upstream_certificate_expired");
}

TEST_F(CloudTest, a_certificate_for_something_else_is_refused) {
  expect_refused({.usage = "emailProtection"}, "upstream_certificate_usage");
}

TEST_F(CloudTest, a_wildcard_of_one_whole_label_is_accepted) {
  start({.credential = box.cloud_server({.alternative_names = "DNS:*.cloud.example"}),
         .trusts = box.cloud_ca.pem()});
  ASSERT_TRUE(step_until([&] { return box.records(EventId::session_opened).size() == 1; }));
}

TEST_F(CloudTest, a_wildcard_cannot_walk_round_an_excluded_name) {
  const TestCa bound =
      box.cloud_ca.intermediate({.name = "bound", .name_constraints = "excluded;DNS:emr.cloud.example"});
  start({.credential = bound.issue({.alternative_names = "DNS:*.cloud.example", .usage = "serverAuth"})});
  ASSERT_TRUE(step_until([&] { return !box.reasons().empty(); }));
  EXPECT_THAT(box.reasons(), ElementsAre("upstream_certificate_name"));
}

TEST_F(CloudTest, a_chain_without_one_of_the_pins_is_refused) {
  box.publish([](model::Tenant& tenant) { tenant.services[0].upstream.pins.resize(2); });
  expect_refused({}, "upstream_certificate_pin");
}

TEST_F(CloudTest, a_pin_of_the_authority_is_enough) {
  const auto authority = pki::read_certificates(box.cloud_ca.pem());
  box.publish([&](model::Tenant& tenant) {
    tenant.services[0].upstream.pins = {{}, pki::key_fingerprint_of(authority->front().get())};
  });
  start(box.good_cloud());
  ASSERT_TRUE(step_until([&] { return box.records(EventId::session_opened).size() == 1; }));
}

TEST_F(CloudTest, rsa_keys_are_believed_on_both_legs) {
  terminal.emplace(box.connect({.credential = box.terminal("t1", {.key = support::KeyKind::rsa2048})}));
  ASSERT_TRUE(box.until([&] {
    terminal->step();
    return box.dials == 1;
  }));
  cloud = box.accept_cloud(
      {.credential = box.cloud_server({.key = support::KeyKind::rsa3072}), .trusts = box.cloud_ca.pem()});
  ASSERT_TRUE(step_until([&] { return box.records(EventId::session_opened).size() == 1; }));
}

TEST_F(CloudTest, the_box_asks_for_the_services_own_name) {
  start(box.good_cloud());
  ASSERT_TRUE(step_until([&] { return cloud->established(); }));
  EXPECT_STREQ(SSL_get_servername(cloud->ssl(), TLSEXT_NAMETYPE_host_name), "emr.cloud.example");
}

TEST_F(CloudTest, a_session_of_the_cloud_is_resumed_within_its_generation_and_never_after_it) {
  start(box.good_cloud());
  cloud->send("carries the tickets");
  ASSERT_TRUE(step_until([&] { return terminal->received() == "carries the tickets"; }));
  const auto open_again = [&] {
    const int dials = box.dials;
    terminal.emplace(box.connect(box.good_terminal()));
    ASSERT_TRUE(box.until([&] {
      terminal->step();
      return box.dials > dials;
    }));
    TlsPeer next = cloud->next(box.accept_cloud_raw());
    cloud.emplace(std::move(next));
    ASSERT_TRUE(step_until([&] { return cloud->established() && terminal->established(); }));
    terminal->send("x");
    ASSERT_TRUE(step_until([&] { return cloud->received() == "x"; }));
  };
  open_again();
  EXPECT_TRUE(cloud->resumed());
  EXPECT_EQ(Compartment::number(*box.records(EventId::session_opened).back(), Field::resumed), 1u);
  box.publish([](model::Tenant&) {});
  open_again();
  EXPECT_FALSE(cloud->resumed());
}

TEST_F(CloudTest, a_resumable_session_is_forgotten_after_an_hour) {
  start(box.good_cloud());
  cloud->send("carries the tickets");
  ASSERT_TRUE(step_until([&] { return terminal->received() == "carries the tickets"; }));
  cloud->close_write();
  terminal->close_write();
  ASSERT_TRUE(step_until([&] { return !box.reasons().empty(); }));
  box.advance(std::chrono::minutes(61));
  const int dials = box.dials;
  terminal.emplace(box.connect(box.good_terminal()));
  ASSERT_TRUE(box.until([&] {
    terminal->step();
    return box.dials > dials;
  }));
  TlsPeer next = cloud->next(box.accept_cloud_raw());
  cloud.emplace(std::move(next));
  ASSERT_TRUE(step_until([&] { return cloud->established(); }));
  EXPECT_FALSE(cloud->resumed());
}

TEST_F(CloudTest, a_refusal_by_the_dialer_is_the_sessions_reason) {
  box.dial_refusal = model::CloseReason::upstream_refused;
  terminal.emplace(box.connect(box.good_terminal()));
  ASSERT_TRUE(step_until([&] { return !box.reasons().empty(); }));
  EXPECT_THAT(box.reasons(), ElementsAre("upstream_refused"));
}

TEST_F(CloudTest, a_cloud_that_never_answers_the_handshake_is_given_up) {
  terminal.emplace(box.connect(box.good_terminal()));
  ASSERT_TRUE(step_until([&] { return box.dials == 1; }));
  const UniqueFd silent = box.accept_cloud_raw();
  for (int i = 0; i < 6; ++i) box.round();
  box.advance(std::chrono::seconds(12));
  EXPECT_THAT(box.reasons(), ElementsAre("upstream_tls_timeout"));
}

TEST_F(CloudTest, a_dialer_that_never_answers_is_given_up) {
  box.dialer_silent = true;
  terminal.emplace(box.connect(box.good_terminal()));
  ASSERT_TRUE(step_until([&] { return terminal->established(); }));
  for (int i = 0; i < 6; ++i) box.round();
  box.advance(std::chrono::seconds(8));
  EXPECT_THAT(box.reasons(), ElementsAre("upstream_timeout"));
}

TEST_F(CloudTest, the_cloud_reads_a_proxy_header_inside_tls_where_the_service_asks_for_it) {
  box.publish([](model::Tenant& tenant) {
    tenant.services[0].upstream.proxy_header = model::ProxyHeader::inside_tls;
  });
  start(box.good_cloud());
  terminal->send("payload");
  ASSERT_TRUE(step_until([&] { return cloud->received().ends_with("payload"); }));
  EXPECT_THAT(cloud->received(), testing::StartsWith("\r\n\r\n"));
  EXPECT_THAT(cloud->received(), testing::HasSubstr("t1"));
}

}  // namespace
}  // namespace gw
