#include "config/dump.h"

#include <gtest/gtest.h>

#include "config/tree.h"
#include "model/layout.h"
#include "sample.h"

namespace gw::config {
namespace {

void expect_round_trip(const std::string& text) {
  const auto first = compile_sample(text);
  ASSERT_TRUE(first.configuration) << places(first);
  const std::string written = dump(*first.configuration);
  const auto second = compile_sample(written);
  ASSERT_TRUE(second.configuration) << places(second) << written;
  EXPECT_EQ(encode(*first.configuration), encode(*second.configuration));
  EXPECT_EQ(written, dump(*second.configuration));
}

TEST(Dump, what_it_writes_compiles_to_the_same_bytes) {
  for (const char* file : {"configs/reference/sekisho.yaml", "configs/sites/demo.yaml"}) {
    SCOPED_TRACE(file);
    expect_round_trip(read_text(file));
  }
  expect_round_trip(Sample().text());
}

TEST(Dump, awkward_words_come_back_as_they_were) {
  for (const char* reason : {"\"null\"", "'~'", "\"a: b\"", "'- x'", "'#x'", "\"it's \\\"so\\\"\"", "日本語",
                             "'a #b'", "'x:'", "' '"}) {
    Sample sample;
    sample.upstream_extra =
        "          profile: {name: HIGH-12, until: 2027-03-31, reason: " + std::string(reason) +
        ", approver: y}\n";
    SCOPED_TRACE(reason);
    expect_round_trip(sample.text());
  }
  Sample named;
  named.terminals = "      - {name: \"null\"}\n";
  named.rules = "      - {name: all, terminals: [\"null\"], service: s}\n";
  expect_round_trip(named.text());
}

TEST(Dump, trust_and_revocation_come_back_as_they_were) {
  for (const char* anchors :
       {"a.pem", "[a.pem, b.pem]", "{file: a.pem, from: 2026-10-01T00:00:00+09:00}",
        "[a.pem, {file: b.pem, from: 2026-10-01T00:00:00Z, until: 2027-10-01T00:00:00Z}]"}) {
    Sample sample;
    sample.anchors = anchors;
    sample.limits = "    terminal_revocation: {lists: [a.crl]}\n";
    sample.upstream_extra =
        "          revocation: {stapling: on, responder: {server_name: ocsp.example, port: 8080, path: /o}, "
        "soft_until: 2027-01-01T00:00:00Z}\n";
    SCOPED_TRACE(anchors);
    expect_round_trip(sample.text());
  }
  EXPECT_NE(dump(*Sample().compiled().configuration).find("terminal_anchors: a.pem\n"), std::string::npos)
      << "one file stays one word";
}

TEST(Dump, a_rule_for_all_stays_one) {
  Sample sample;
  sample.rules = "      - {name: r, terminals: all, service: s}\n";
  EXPECT_NE(dump(*sample.compiled().configuration).find("terminals: all"), std::string::npos);
  EXPECT_NE(dump(*Sample().compiled().configuration).find("terminals: [t1]"), std::string::npos);
}

TEST(Dump, json_has_what_programs_look_for) {
  Sample sample;
  sample.downstream = "{server_names: [s.box.example], certificate: c.pem, key: c.key}";
  const std::string json = dump_json(*sample.compiled().configuration);
  for (const char* part :
       {R"("site":"sample")", R"("lan":[{"name":"desk","interface":"lan0","addresses":["10.1.0.1/24"],)",
        R"("second_path":"alert","dhcp_servers":[],"routers":[],"devices":[]}])",
        R"("gateways":["198.51.100.1"])", R"("resolvers":["198.51.100.53"])", R"("uri":"urn:sekisho:a:t1")",
        R"("server_names":["s.box.example"],"upstream":{"server_name":"s.example","port":443,"addresses":[])",
        R"("listeners":[{"name":"l","address":"10.1.0.1","port":8443,"services":["s"]}])",
        R"("blocked":false)"})
    EXPECT_NE(json.find(part), std::string::npos) << part << "\n" << json;
}

}  // namespace
}  // namespace gw::config
