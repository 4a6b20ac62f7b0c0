// Whom the box believes on the cloud's side: name, pins, constraints (SRV-01, SRV-02, RFC 9525).

#include <gtest/gtest.h>

#include "pki/certificate.h"
#include "support/test_pki.h"
#include "unit/pki/chain_check.h"

namespace gw::pki {
namespace {

using model::CloseReason;
using support::CertificateOptions;
using support::TestCa;

constexpr CloseReason kAccepted = CloseReason::finished;
constexpr const char* kHost = "emr.cloud.example";

class CloudChainTest : public testing::Test {
 protected:
  TestCa root = TestCa::root();
  ChainCheck check{{.peer = Peer::cloud, .host_name = kHost}, root.pem()};

  static std::string server_of(const TestCa& ca, CertificateOptions options = {}) {
    if (options.alternative_names.empty()) options.alternative_names = std::string("DNS:") + kHost;
    options.usage = "serverAuth";
    return ca.issue(options).chain_pem;
  }
  CloseReason named(const std::string& names) {
    return check.refusal(server_of(root, {.alternative_names = names}));
  }
};

TEST_F(CloudChainTest, the_name_of_the_service_is_believed) {
  EXPECT_EQ(named("DNS:emr.cloud.example"), kAccepted);
  EXPECT_EQ(named("DNS:EMR.Cloud.Example"), kAccepted);
  EXPECT_EQ(named("DNS:other.example,DNS:emr.cloud.example"), kAccepted);
}

TEST_F(CloudChainTest, another_name_is_refused) {
  for (const char* names : {"DNS:labs.cloud.example", "DNS:cloud.example", "DNS:x.emr.cloud.example",
                            "DNS:emr.cloud.example.evil", "URI:https://emr.cloud.example/", "IP:192.0.2.1",
                            "email:emr@emr.cloud.example"})
    EXPECT_EQ(named(names), CloseReason::upstream_certificate_name) << names;
}

TEST_F(CloudChainTest, a_wildcard_is_one_whole_left_most_label_or_nothing) {
  EXPECT_EQ(named("DNS:*.cloud.example"), kAccepted);
  for (const char* names :
       {"DNS:*.example", "DNS:e*.cloud.example", "DNS:*r.cloud.example", "DNS:emr.*.example", "DNS:*"})
    EXPECT_EQ(named(names), CloseReason::upstream_certificate_name) << names;
}

TEST_F(CloudChainTest, the_common_name_never_counts) {
  EXPECT_EQ(check.refusal(server_of(root, {.name = kHost, .alternative_names = "DNS:labs.cloud.example"})),
            CloseReason::upstream_certificate_name);
  const support::Issued nameless = root.issue({.name = kHost, .usage = "serverAuth"});
  EXPECT_EQ(check.refusal(nameless.chain_pem), CloseReason::upstream_certificate_name);
}

TEST_F(CloudChainTest, each_fault_has_the_cloud_s_own_reason) {
  using std::chrono::hours;
  EXPECT_EQ(check.refusal(server_of(TestCa::root({.name = "other"}))),
            CloseReason::upstream_certificate_untrusted);
  EXPECT_EQ(check.refusal(server_of(root, {.begins = -hours(9), .ends = -hours(1)})),
            CloseReason::upstream_certificate_expired);
  EXPECT_EQ(check.refusal(server_of(root, {.begins = hours(1)})), CloseReason::upstream_certificate_expired);
  EXPECT_EQ(check.refusal(server_of(root, {.key = support::KeyKind::rsa1024})),
            CloseReason::upstream_certificate_weak);
  EXPECT_EQ(check.refusal(server_of(root, {.digest = "SHA1"})), CloseReason::upstream_certificate_weak);
  const support::Issued client = root.issue({.alternative_names = std::string("DNS:") + kHost});
  EXPECT_EQ(check.refusal(client.chain_pem), CloseReason::upstream_certificate_usage);
}

// ---------------------------------------------------------------- pins

class PinTest : public CloudChainTest {
 protected:
  TestCa issuing = root.intermediate({.name = "issuing"});
  std::string server = server_of(issuing);

  static model::Pin pin_of(const std::string& pem) {
    return key_fingerprint_of(certificates_of(pem).front().get());
  }
  CloseReason with_pins(const std::vector<model::Pin>& pins) const {
    ChainCheck pinned({.peer = Peer::cloud, .host_name = kHost, .pins = pins}, root.pem());
    return pinned.refusal(server);
  }
};

TEST_F(PinTest, any_key_of_the_chain_can_be_the_pinned_one) {
  const model::Pin spare{1};
  EXPECT_EQ(with_pins({pin_of(server), spare}), kAccepted);
  EXPECT_EQ(with_pins({spare, pin_of(issuing.pem())}), kAccepted);
  EXPECT_EQ(with_pins({pin_of(root.pem())}), kAccepted);
}

TEST_F(PinTest, a_chain_without_a_pinned_key_is_refused) {
  EXPECT_EQ(with_pins({model::Pin{1}, model::Pin{2}}), CloseReason::upstream_certificate_pin);
  EXPECT_EQ(with_pins({pin_of(server_of(issuing))}), CloseReason::upstream_certificate_pin);
}

TEST_F(PinTest, a_pinned_key_that_is_sent_but_not_part_of_the_path_does_not_count) {
  const TestCa stranger = TestCa::root({.name = "stranger"});
  ChainCheck pinned({.peer = Peer::cloud, .host_name = kHost, .pins = {pin_of(stranger.pem())}}, root.pem());
  EXPECT_EQ(pinned.refusal(server + stranger.pem()), CloseReason::upstream_certificate_pin);
}

// ---------------------------------------------------------------- name constraints

class NameConstraintsTest : public CloudChainTest {
 protected:
  CloseReason below(const std::string& constraints, const std::string& names) {
    const TestCa issuing = root.intermediate({.name = "issuing", .name_constraints = constraints});
    return check.refusal(server_of(issuing, {.alternative_names = names}));
  }
};

TEST_F(NameConstraintsTest, a_permitted_name_passes_and_any_other_is_refused) {
  EXPECT_EQ(below("permitted;DNS:cloud.example", "DNS:emr.cloud.example"), kAccepted);
  EXPECT_EQ(below("permitted;DNS:emr.cloud.example", "DNS:emr.cloud.example"), kAccepted);
  EXPECT_EQ(below("permitted;DNS:labs.example", "DNS:emr.cloud.example"),
            CloseReason::upstream_certificate_name);
}

TEST_F(NameConstraintsTest, an_excluded_name_is_refused) {
  EXPECT_EQ(below("excluded;DNS:cloud.example", "DNS:emr.cloud.example"),
            CloseReason::upstream_certificate_name);
  EXPECT_EQ(below("excluded;DNS:other.example", "DNS:emr.cloud.example"), kAccepted);
}

TEST_F(NameConstraintsTest, a_wildcard_does_not_slip_past_an_excluded_name_below_it) {
  EXPECT_EQ(below("excluded;DNS:emr.cloud.example", "DNS:*.cloud.example"),
            CloseReason::upstream_certificate_name);
  EXPECT_EQ(below("excluded;DNS:labs.cloud.example", "DNS:*.cloud.example"),
            CloseReason::upstream_certificate_name)
      << "whoever else uses it";
  EXPECT_EQ(below("excluded;DNS:labs.other.example", "DNS:*.cloud.example"), kAccepted);
}

TEST_F(NameConstraintsTest, a_wildcard_does_not_slip_past_a_permitted_name_below_it) {
  EXPECT_NE(below("permitted;DNS:labs.cloud.example", "DNS:*.cloud.example"), kAccepted);
}

TEST_F(NameConstraintsTest, every_authority_of_the_chain_has_a_say) {
  const TestCa upper =
      root.intermediate({.name = "upper", .name_constraints = "excluded;DNS:emr.cloud.example"});
  const TestCa lower = upper.intermediate({.name = "lower"});
  EXPECT_EQ(check.refusal(server_of(lower, {.alternative_names = "DNS:*.cloud.example"})),
            CloseReason::upstream_certificate_name);
  const TestCa bound = TestCa::root({.name = "bound", .name_constraints = "excluded;DNS:emr.cloud.example"});
  ChainCheck below_bound({.peer = Peer::cloud, .host_name = kHost}, bound.pem());
  EXPECT_EQ(below_bound.refusal(server_of(bound, {.alternative_names = "DNS:*.cloud.example"})),
            CloseReason::upstream_certificate_name);
}

}  // namespace
}  // namespace gw::pki
