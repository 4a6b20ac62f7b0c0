// Who is refused, for which reason, with which alert, and that the cloud hears nothing of it.

#include <gmock/gmock.h>

#include "support/compartment.h"

namespace gw {
namespace {

using support::CertificateOptions;
using support::Compartment;
using support::KeyKind;
using support::PeerOptions;
using support::TestCa;
using support::TlsPeer;
using testing::ElementsAre;

class RefusalTest : public testing::Test {
 protected:
  Compartment box;

  /// Connects, waits for the refusal, returns the alert the terminal heard.
  int refused_with(const PeerOptions& options, const std::string& reason, std::size_t listener = 0) {
    TlsPeer terminal = box.connect(options, listener);
    EXPECT_TRUE(box.until([&] {
      terminal.step();
      return terminal.broken();
    }));
    EXPECT_TRUE(box.until([&] { return !box.reasons().empty(); }));
    EXPECT_THAT(box.reasons(), ElementsAre(reason));
    EXPECT_EQ(box.dials, 0) << "the cloud must hear nothing of a refusal";
    return terminal.alert();
  }
  PeerOptions with(CertificateOptions options) { return {.credential = box.terminal("t1", options)}; }
};

TEST_F(RefusalTest, no_certificate) {
  EXPECT_EQ(refused_with({}, "certificate_missing"), SSL_AD_CERTIFICATE_REQUIRED);
}

/// CRT-03: what the box has not been given yet holds up its own services and no others.
TEST_F(RefusalTest, a_service_whose_certificate_is_not_there_yet) {
  std::string chain;
  box.publish([&](model::Tenant& tenant) { chain.swap(tenant.services[0].downstream.credential.chain_pem); });
  EXPECT_EQ(refused_with(box.good_terminal(), "key_unavailable"), SSL_AD_INTERNAL_ERROR);
  box.publish([&](model::Tenant& tenant) { chain.swap(tenant.services[0].downstream.credential.chain_pem); });
  TlsPeer terminal = box.connect(box.good_terminal());
  EXPECT_TRUE(box.until([&] {
    terminal.step();
    return box.dials == 1;
  }));
}

TEST_F(RefusalTest, a_certificate_of_a_foreign_authority) {
  const TestCa other = TestCa::root({.name = "other"});
  const PeerOptions options{.credential = other.issue({.alternative_names = "URI:urn:sekisho:clinic:t1"})};
  EXPECT_EQ(refused_with(options, "certificate_untrusted"), SSL_AD_UNKNOWN_CA);
}

TEST_F(RefusalTest, an_authority_of_the_same_name_with_another_key) {
  const TestCa twin = TestCa::root({.name = "terminal ca"});
  const PeerOptions options{.credential = twin.issue({.alternative_names = "URI:urn:sekisho:clinic:t1"})};
  refused_with(options, "certificate_untrusted");
}

TEST_F(RefusalTest, an_expired_certificate) {
  EXPECT_EQ(refused_with(with({.begins = std::chrono::hours(-48), .ends = std::chrono::hours(-24)}),
                         "certificate_expired"),
            SSL_AD_CERTIFICATE_EXPIRED);
}

TEST_F(RefusalTest, a_certificate_that_is_not_valid_yet) {
  EXPECT_EQ(refused_with(with({.begins = std::chrono::hours(24)}), "certificate_not_yet_valid"),
            SSL_AD_CERTIFICATE_EXPIRED);  // RFC 8446 6.2: "or is not currently valid"
}

TEST_F(RefusalTest, a_server_certificate_shown_by_a_terminal) {
  EXPECT_EQ(refused_with(with({.usage = "serverAuth"}), "certificate_wrong_usage"),
            SSL_AD_UNSUPPORTED_CERTIFICATE);
}

TEST_F(RefusalTest, a_weak_key) { refused_with(with({.key = KeyKind::rsa1024}), "certificate_weak"); }

TEST_F(RefusalTest, a_sha_1_signature) { refused_with(with({.digest = "SHA1"}), "certificate_weak"); }

TEST_F(RefusalTest, a_certificate_without_alternative_names) {
  const PeerOptions options{.credential = box.terminal_ca.issue({.name = "urn:sekisho:clinic:t1"})};
  refused_with(options, "certificate_no_identity");
}

TEST_F(RefusalTest, a_common_name_counts_for_nothing) {
  const PeerOptions options{.credential =
                                box.terminal_ca.issue({.name = "urn:sekisho:clinic:t1",
                                                       .alternative_names = "DNS:stranger.example"})};
  refused_with(options, "policy_unknown_terminal");
}

TEST_F(RefusalTest, a_chain_longer_than_is_looked_at) {
  TestCa ca = box.terminal_ca.intermediate({.name = "i1"});
  for (const char* name : {"i2", "i3", "i4"}) ca = ca.intermediate({.name = name});
  const PeerOptions options{.credential = ca.issue({.alternative_names = "URI:urn:sekisho:clinic:t1"})};
  refused_with(options, "certificate_chain_too_long");
}

TEST_F(RefusalTest, a_name_outside_the_constraints_of_its_authority) {
  const TestCa bound =
      box.terminal_ca.intermediate({.name = "bound", .name_constraints = "permitted;URI:.clinic.example"});
  const PeerOptions options{.credential =
                                bound.issue({.alternative_names = "URI:https://a.elsewhere.example/"})};
  refused_with(options, "certificate_name_constraint");
}

TEST_F(RefusalTest, a_terminal_of_the_tenant_at_a_service_it_may_not_use) {
  EXPECT_EQ(refused_with(box.good_terminal("t2"), "policy_no_rule"), SSL_AD_HANDSHAKE_FAILURE);
}

TEST_F(RefusalTest, a_blocked_terminal) {
  box.publish([](model::Tenant& tenant) { tenant.terminals[0].blocked = true; });
  refused_with(box.good_terminal(), "policy_terminal_blocked");
}

TEST_F(RefusalTest, a_rule_that_has_ended) {
  box.publish([](model::Tenant& tenant) { tenant.rules[0].until = std::chrono::seconds(1'700'000'000); });
  refused_with(box.good_terminal(), "policy_rule_ended");
}

TEST_F(RefusalTest, a_profile_exception_that_has_ended) {
  box.publish([](model::Tenant& tenant) {
    tenant.services[0].downstream.profile = {model::ProfileName::high_12, std::chrono::seconds(1'700'000'000),
                                             "r", "a"};
  });
  refused_with(box.good_terminal(), "policy_exception_ended");
}

TEST_F(RefusalTest, a_server_name_that_is_not_served) {
  box.publish(
      [](model::Tenant& tenant) { tenant.services[0].downstream.server_names = {"emr.box.example"}; });
  PeerOptions options = box.good_terminal();
  options.server_name = "other.box.example";
  EXPECT_EQ(refused_with(options, "policy_unknown_name"), SSL_AD_UNRECOGNIZED_NAME);
}

TEST_F(RefusalTest, tls_1_2_at_a_service_of_profile_high_13) {
  PeerOptions options = box.good_terminal();
  options.min_version = options.max_version = TLS1_2_VERSION;
  EXPECT_EQ(refused_with(options, "tls_version"), SSL_AD_PROTOCOL_VERSION);
}

TEST_F(RefusalTest, a_group_outside_the_profile) {
  PeerOptions options = box.good_terminal();
  options.groups = "P-521";
  refused_with(options, "tls_parameters");
}

TEST_F(RefusalTest, something_that_is_not_tls) {
  const UniqueFd terminal = support::connect_to(box.listener());
  const std::string request = "GET / HTTP/1.1\r\n\r\n";
  ASSERT_TRUE(box.until([&] { return ::write(terminal.get(), request.data(), request.size()) > 0; }));
  ASSERT_TRUE(box.until([&] { return !box.reasons().empty(); }));
  EXPECT_THAT(box.reasons(), ElementsAre("client_hello_malformed"));
}

TEST_F(RefusalTest, a_terminal_that_leaves_during_the_handshake) {
  { const UniqueFd terminal = support::connect_to(box.listener()); }
  ASSERT_TRUE(box.until([&] { return !box.reasons().empty(); }));
  EXPECT_THAT(box.reasons(), ElementsAre("handshake_abandoned"));
}

TEST_F(RefusalTest, a_terminal_that_sends_its_hello_by_the_byte_is_timed_from_its_first) {
  const UniqueFd terminal = support::connect_to(box.listener());
  ASSERT_TRUE(box.until([&] { return ::write(terminal.get(), "\x16", 1) == 1; }));
  for (int i = 0; i < 6; ++i) box.round();
  box.advance(std::chrono::seconds(9));
  EXPECT_THAT(box.reasons(), ElementsAre());
  box.advance(std::chrono::seconds(2));
  EXPECT_THAT(box.reasons(), ElementsAre("handshake_timeout"));
}

}  // namespace
}  // namespace gw
