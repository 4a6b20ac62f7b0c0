// Whom a side trusts and when, and what is asked about revocation, on their way from text to the model.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/pem.h"
#include "model/snapshot.h"
#include "sample.h"

namespace gw::config {
namespace {

using testing::HasSubstr;

const model::Tenant& tenant_of(const Compiled& compiled) { return compiled.configuration->tenants.at(0); }

TEST(Trust, one_file_stands_for_itself_and_is_trusted_always) {
  for (const char* written : {"a.pem", "[a.pem]", "{file: a.pem}", "[{file: a.pem}]"}) {
    Sample sample;
    sample.anchors = written;
    const auto compiled = sample.compiled();
    ASSERT_TRUE(compiled.configuration) << written << places(compiled);
    ASSERT_EQ(tenant_of(compiled).terminal_anchors.size(), 1u) << written;
    const model::TrustAnchors& anchors = tenant_of(compiled).terminal_anchors[0];
    EXPECT_EQ(anchors.pem, kCertificate);
    EXPECT_TRUE(anchors.in_force(model::CivilSeconds(0)));
    EXPECT_FALSE(tenant_of(compiled).terminal_revocation.is_asked());
  }
}

TEST(Trust, files_have_their_times) {
  Sample sample;
  sample.anchors =
      "[{file: a.pem, until: 2027-01-01T09:00:00+09:00}, {file: b.pem, from: 2026-12-01T00:00:00Z}]";
  const auto compiled = sample.compiled();
  ASSERT_TRUE(compiled.configuration) << places(compiled);
  const auto& anchors = tenant_of(compiled).terminal_anchors;
  ASSERT_EQ(anchors.size(), 2u);
  using namespace std::chrono;
  EXPECT_EQ(anchors[0].until, sys_days{2027y / January / 1}.time_since_epoch());
  EXPECT_EQ(anchors[1].from, sys_days{2026y / December / 1}.time_since_epoch());
  EXPECT_TRUE(anchors[0].in_force(anchors[0].until - 1s));
  EXPECT_FALSE(anchors[0].in_force(anchors[0].until));
  EXPECT_FALSE(anchors[1].in_force(anchors[1].from - 1s));
  EXPECT_TRUE(anchors[1].in_force(anchors[1].from));
}

TEST(Trust, nobody_to_trust_now_is_told_and_the_box_starts_all_the_same) {
  Sample sample;
  sample.anchors = "{file: a.pem, until: 2026-10-31T00:00:00Z}";
  const auto compiled = sample.compiled();
  EXPECT_TRUE(compiled.configuration);
  EXPECT_EQ(places(compiled), "10:23 config.anchors.not_in_force warning\n");
}

TEST(Revocation, what_is_given_is_taken) {
  Sample sample;
  sample.limits = "    terminal_revocation: {lists: [a.crl], soft_until: 2027-01-01T00:00:00Z}\n";
  sample.upstream_extra = "          revocation: {stapling: on}\n";
  const auto compiled = sample.compiled();
  ASSERT_TRUE(compiled.configuration) << places(compiled);
  const model::Revocation& terminals = tenant_of(compiled).terminal_revocation;
  ASSERT_EQ(terminals.lists.size(), 1u);
  EXPECT_EQ(as_text(terminals.lists[0].octets), kList) << "the block and no comment";
  EXPECT_GT(terminals.soft_until.count(), 0);
  const model::Revocation& cloud = tenant_of(compiled).services[0].upstream.revocation;
  EXPECT_TRUE(cloud.stapling);
  EXPECT_EQ(cloud.soft_until.count(), 0);
}

TEST(Responder, stands_alone_with_its_usual_port_and_path) {
  Sample sample;
  sample.upstream_extra = "          revocation: {responder: {server_name: OCSP.example}}\n";
  const auto compiled = sample.compiled();
  ASSERT_TRUE(compiled.configuration) << places(compiled);
  const model::Responder& asked = tenant_of(compiled).services[0].upstream.revocation.responder;
  EXPECT_EQ(asked.server_name, "ocsp.example");
  EXPECT_EQ(asked.port, 80);
  EXPECT_EQ(asked.path, "/");
}

TEST(Responder, is_the_dialer_s_to_find_and_the_compartment_s_by_name_alone) {
  Sample sample;
  sample.upstream_extra =
      "          revocation: {responder: {server_name: ocsp.example, port: 8080, addresses: [203.0.113.21], "
      "path: "
      "/a/b%20c}}\n";
  const auto compiled = sample.compiled();
  ASSERT_TRUE(compiled.configuration) << places(compiled);
  const model::DialTable table = model::dial_table_of(*compiled.configuration, model::TenantId(0));
  EXPECT_EQ(table.targets.size(), tenant_of(compiled).services.size()) << "no socket to it can be asked for";
  ASSERT_EQ(table.responders.size(), 1u);
  EXPECT_EQ(table.responders[0].where.service, model::ServiceId(0));
  EXPECT_EQ(table.responders[0].where.port, 8080);
  EXPECT_EQ(table.responders[0].where.addresses.size(), 1u);
  EXPECT_EQ(table.responders[0].path, "/a/b%20c");

  const auto snapshot =
      model::Snapshot::decode(model::Snapshot::encode(model::Generation(1), tenant_of(compiled)));
  ASSERT_TRUE(snapshot);
  const model::Responder& told = (*snapshot)->tenant().services[0].upstream.revocation.responder;
  EXPECT_EQ(told.server_name, "ocsp.example");
  EXPECT_TRUE(told.addresses.empty() && told.path.empty());
}

TEST(Responder, paths_are_those_of_a_url) {
  const auto with_path = [](const std::string& path) {
    Sample sample;
    sample.upstream_extra =
        "          revocation: {responder: {server_name: ocsp.example, path: \"" + path + "\"}}\n";
    return sample.compiled();
  };
  for (const char* good : {"/", "/ocsp", "/a/b~c_d-e.f", "/%2f;x=y", "//"})
    EXPECT_TRUE(with_path(good).configuration) << good;
  for (const char* bad : {"", "ocsp", "/a b", "/a?b", "/a#b", "http://a/", "/\\x7f"})
    EXPECT_FALSE(with_path(bad).configuration) << bad;
}

/// The compiler's own libcrypto says what is in a list.
TEST(Revocation, what_is_in_a_list_is_told_where_it_is_named) {
  const auto with_reader = [](ErrorCode code) {
    Sample sample;
    sample.limits = "    terminal_revocation: {lists: [a.crl]}\n";
    Surroundings surroundings = sample_surroundings();
    surroundings.read_list = [code](Bytes list, std::string_view anchors) -> Result<> {
      EXPECT_EQ(as_text(list), kList);
      EXPECT_EQ(anchors, kCertificate);
      return Error{code, "why"};
    };
    return compile(sample.text(), surroundings);
  };
  const auto unreadable = with_reader(ErrorCode::revocation_unreadable);
  EXPECT_EQ(places(unreadable), "11:35 config.revocation.list\n");
  const auto foreign = with_reader(ErrorCode::revocation_foreign);
  EXPECT_TRUE(foreign.configuration);
  EXPECT_EQ(places(foreign), "11:35 config.revocation.foreign warning\n");
}

TEST(RevocationOctets, are_one_list_and_nothing_else) {
  const std::string list(kList), der("\x30\x03\x02\x01\x05", 5);
  EXPECT_EQ(*revocation_list_octets("words\n" + list + "more words"), list);
  EXPECT_EQ(*revocation_list_octets(der), der);
  for (const std::string& bad :
       {std::string(), std::string("words"), list + list, list.substr(0, 40), der + "x", der.substr(0, 4),
        std::string("\x30\x80\x02\x01\x05", 5), std::string(kCertificate)}) {
    const auto refused = revocation_list_octets(bad);
    ASSERT_FALSE(refused) << bad;
    EXPECT_EQ(refused.error().code, ErrorCode::config_revocation_list) << bad;
  }
}

TEST(RevocationOctets, of_a_long_list_say_their_length_in_several_octets) {
  const std::string body(300, 'x');
  EXPECT_TRUE(revocation_list_octets(std::string("\x30\x82\x01\x2c", 4) + body));
  EXPECT_FALSE(revocation_list_octets(std::string("\x30\x82\x01\x2d", 4) + body));
  EXPECT_FALSE(revocation_list_octets(std::string("\x30\x85\x00\x00\x00\x01\x2c", 7) + body));
}

}  // namespace
}  // namespace gw::config
