#include <gtest/gtest.h>

#include "sample.h"

namespace gw::config {
namespace {

std::string with_upstream(const std::string& extra) {
  Sample sample;
  sample.upstream_extra = extra;
  return sample.codes();
}

std::string with_profile(const std::string& profile) {
  return with_upstream("          profile: " + profile + "\n");
}

TEST(Service, files_become_certificates_and_nothing_else) {
  const auto compiled = Sample().compiled();
  ASSERT_TRUE(compiled.configuration);
  const model::Service& service = compiled.configuration->tenants[0].services[0];
  EXPECT_EQ(service.downstream.credential.chain_pem, kCertificate);
  EXPECT_EQ(service.downstream.credential.certificate_file, "c.pem");
  ASSERT_EQ(service.upstream.anchors.size(), 1u);
  EXPECT_EQ(service.upstream.anchors[0].pem, kCertificate);
}

TEST(Service, the_same_key_file_is_the_same_key) {
  Sample sample;
  sample.downstream = "{certificate: c.pem, key: u.key}";
  auto compiled = sample.compiled();
  ASSERT_TRUE(compiled.configuration);
  const model::Service* service = &compiled.configuration->tenants[0].services[0];
  EXPECT_EQ(service->downstream.credential.key, service->upstream.credential.key);
  compiled = Sample().compiled();
  service = &compiled.configuration->tenants[0].services[0];
  EXPECT_EQ(service->downstream.credential.key, model::KeyId(0));
  EXPECT_EQ(service->upstream.credential.key, model::KeyId(1));
}

TEST(Service, a_private_key_is_never_read) {
  Surroundings surroundings = sample_surroundings();
  surroundings.read = [](const std::string& path) -> Result<std::string> {
    EXPECT_FALSE(path.ends_with(".key")) << path;
    return sample_file(path);
  };
  EXPECT_TRUE(compile(Sample().text(), surroundings).configuration);
}

TEST(Service, a_file_without_certificates_is_refused_where_it_is_named) {
  for (const auto& [file, code] : {std::pair("missing.pem", "config.file.unreadable "),
                                   {"empty.pem", "config.certificate "},
                                   {"with-key.pem", "config.certificate "},
                                   {"cut.pem", "config.certificate "}}) {
    Sample sample;
    sample.downstream = "{certificate: " + std::string(file) + ", key: c.key}";
    EXPECT_EQ(sample.codes(), code) << file;
    EXPECT_EQ(sample.compiled().problems[0].at.column, 35u) << file;
  }
}

TEST(Service, a_weaker_profile_needs_reason_approver_and_day) {
  EXPECT_EQ(with_profile("HIGH-12"), "config.exception.undated ");
  EXPECT_EQ(with_profile("{name: HIGH-12, until: 2027-03-31, reason: x}"), "config.exception.undated ");
  EXPECT_EQ(with_profile("{name: HIGH-12, until: 2027-03-31, reason: x, approver: y}"), "");
}

TEST(Service, an_exception_lasts_twelve_months_at_most_and_to_the_end_of_its_day) {
  const auto until = [](const std::string& day) {
    return with_profile("{name: HIGH-12, until: " + day + ", reason: x, approver: y}");
  };
  EXPECT_EQ(until("2026-10-31"), "config.exception.expired ") << "a warning, see below";
  EXPECT_EQ(until("2026-11-01"), "") << "today counts to its end";
  EXPECT_EQ(until("2027-11-01"), "");
  EXPECT_EQ(until("2027-11-02"), "config.value.range ");
}

TEST(Service, an_exception_that_has_ended_closes_its_service_and_stops_no_publication) {
  Sample sample;
  sample.upstream_extra = "          profile: {name: HIGH-12, until: 2026-10-31, reason: x, approver: y}\n";
  const Compiled compiled = sample.compiled();
  EXPECT_TRUE(compiled.configuration);
  ASSERT_EQ(compiled.problems.size(), 1u);
  EXPECT_EQ(compiled.problems[0].severity, Severity::warning);
}

TEST(Service, the_strong_profile_takes_no_dates) {
  EXPECT_EQ(with_profile("HIGH-13"), "");
  EXPECT_EQ(with_profile("{name: HIGH-13, until: 2027-03-31}"), "config.key.unknown ");
}

TEST(Service, a_pin_has_a_reserve_that_differs) {
  const std::string one = "sha256/AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
  const std::string two = "sha256/ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";
  EXPECT_EQ(with_upstream("          pins: [" + one + "]\n"), "config.value.range ");
  EXPECT_EQ(with_upstream("          pins: [" + one + ", " + one + "]\n"), "config.name.repeated ");
  EXPECT_EQ(with_upstream("          pins: [" + one + ", " + two + "]\n"), "");
}

TEST(Service, what_is_given_is_taken) {
  Sample sample;
  sample.upstream_extra =
      "          proxy_protocol: inside-tls\n          resume: off\n          addresses: [203.0.113.1]\n";
  sample.service_extra = "        limits: {idle: 20 min, lifetime: 2 h, connect: 300 ms, handshake: 3 s}\n";
  const auto compiled = sample.compiled();
  ASSERT_TRUE(compiled.configuration) << places(compiled);
  const model::Service& service = compiled.configuration->tenants[0].services[0];
  EXPECT_EQ(service.upstream.proxy_header, model::ProxyHeader::inside_tls);
  EXPECT_FALSE(service.upstream.resume);
  EXPECT_EQ(service.limits.idle, std::chrono::minutes(20));
  EXPECT_EQ(service.limits.connect, std::chrono::milliseconds(300));
}

TEST(Service, certificates_do_not_add_up_without_bound) {
  Surroundings surroundings = sample_surroundings();
  const std::string large =
      "-----BEGIN CERTIFICATE-----\n" + std::string(250 * 1024, 'A') + "\n-----END CERTIFICATE-----\n";
  surroundings.read = [&](const std::string&) -> Result<std::string> { return large; };
  Sample sample;
  std::string offered = "s";
  sample.downstream = "{server_names: [s.box.example], certificate: c.pem, key: c.key}";
  for (int i = 0; i < 100; ++i) {
    const std::string name = "x" + std::to_string(i);
    sample.more_services += "      - name: " + name + "\n        downstream: {server_names: [" + name +
                            ".example], certificate: c.pem, key: c.key}\n"
                            "        upstream: {server_name: q.example, port: 443, certificate: u.pem, key: "
                            "u.key, anchors: ca.pem}\n";
    offered += ", " + name;
  }
  sample.listeners = "      - {name: l, address: 10.1.0.1, port: 8443, services: [" + offered + "]}\n";
  const auto compiled = compile(sample.text(), surroundings);
  EXPECT_FALSE(compiled.configuration);
  EXPECT_NE(places(compiled).find("config.too_large"), std::string::npos);
}

TEST(Service, that_is_wrapped_needs_nothing_to_judge_the_cloud_by) {  // NET-07
  Sample sample;
  sample.upstream = "{server_name: s.cloud.example, port: 8443}";
  sample.service_extra = "        mode: wrap\n";
  const auto compiled = sample.compiled();
  ASSERT_TRUE(compiled.configuration) << places(compiled);
  const model::Service& service = compiled.configuration->tenants[0].services[0];
  EXPECT_EQ(service.mode, model::Mode::wrap);
  EXPECT_FALSE(service.upstream.credential.is_there());
  EXPECT_EQ(service.upstream.port, 8443);
}

std::string passed_through(const std::string& exception, const std::string& match = "{source: 10.1.0.40}") {
  Sample sample;
  sample.downstream = "";
  sample.upstream = "{server_name: S.cloud.example, port: 443}";
  sample.service_extra = "        mode: pass_through\n        exception: " + exception + "\n";
  sample.terminals = "      - {name: t1, match: " + match + "}\n";
  return sample.codes();
}

TEST(Service, that_is_passed_through_is_a_dated_exception) {  // D10
  EXPECT_EQ(passed_through("{until: 2027-03-31, reason: x, approver: y}"), "");
  EXPECT_EQ(passed_through("{until: 2027-11-01, reason: x, approver: y}"), "");
  EXPECT_EQ(passed_through("{until: 2027-11-02, reason: x, approver: y}"), "config.value.range ");
  EXPECT_EQ(passed_through("{until: 2026-10-31, reason: x, approver: y}"), "config.exception.expired ");
  EXPECT_EQ(passed_through("{reason: x, approver: y}"), "config.key.missing ");
  EXPECT_EQ(passed_through("{until: 2027-03-31, reason: x, approver: y}", "{dns: t1.example}"),
            "config.value.choice ");
}

TEST(Service, that_is_passed_through_answers_to_the_clouds_name) {
  Sample sample;
  sample.downstream = "";
  sample.upstream = "{server_name: S.cloud.example, port: 443}";
  sample.service_extra =
      "        mode: pass_through\n        exception: {until: 2027-03-31, reason: x, approver: y}\n";
  sample.terminals = "      - {name: t1, match: {source: 10.1.0.40}}\n      - {name: t2}\n";
  sample.rules = "      - {name: r, terminals: all, service: s}\n";
  const auto compiled = sample.compiled();
  ASSERT_TRUE(compiled.configuration) << places(compiled);
  const model::Tenant& tenant = compiled.configuration->tenants[0];
  EXPECT_EQ(tenant.services[0].downstream.server_names, std::vector<std::string>{"s.cloud.example"});
  ASSERT_EQ(tenant.rules[0].terminals.size(), 1u) << "`all` are those whom the service can tell";
  EXPECT_EQ(tenant.terminals[0].source, model::IpAddress::parse("10.1.0.40"));
}

}  // namespace
}  // namespace gw::config
