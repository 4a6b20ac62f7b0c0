#include "tls/probe_hello.h"

#include <gtest/gtest.h>

#include "tls/client_hello.h"
#include "tls/profile.h"

namespace gw::tls {
namespace {

using model::Probe;
using Answer = model::Probed::Answer;
using Octets = std::vector<std::uint8_t>;

Octets server_hello(std::uint16_t version, std::uint16_t suite) {
  const auto octet = [](std::size_t value) { return static_cast<std::uint8_t>(value); };
  Octets body{octet(version >> 8), octet(version)};
  body.resize(34, 7);
  for (const int one : {0, suite >> 8, suite & 0xff, 0}) body.push_back(octet(one));
  Octets out{22, 3, 3, 0, octet(body.size() + 4), 2, 0, 0, octet(body.size())};
  out.insert(out.end(), body.begin(), body.end());
  return out;
}

TEST(ProbeHello, is_one_that_a_server_reads) {
  for (const Probe probe : {Probe::other_suites, Probe::older}) {
    const auto read = read_client_hello(probe_hello(probe, "emr.cloud.example"));
    ASSERT_TRUE(read);
    const auto* hello = std::get_if<ClientHello>(&*read);
    ASSERT_NE(hello, nullptr);
    EXPECT_EQ(hello->server_name, "emr.cloud.example");
  }
}

TEST(ProbeHello, offers_no_suite_of_any_profile) {
  const Octets hello = probe_hello(Probe::other_suites, "x.example");
  // version, random and an empty session id come before the suites
  const std::size_t at = 5 + 4 + 2 + 32 + 1;
  const std::size_t length = static_cast<std::size_t>(hello[at] << 8 | hello[at + 1]);
  ASSERT_GT(length, 80u);
  for (std::size_t i = at + 2; i < at + 2 + length; i += 2)
    for (const Suite& suite : suites_of(model::ProfileName::high_12))
      EXPECT_NE(suite.number, hello[i] << 8 | hello[i + 1]) << suite.name;
}

TEST(ProbeHello, no_two_are_alike) {
  EXPECT_NE(probe_hello(Probe::older, "x.example"), probe_hello(Probe::older, "x.example"));
}

TEST(ProbeAnswer, a_choice_is_told_by_names) {
  const auto answer = answer_in(server_hello(0x0303, 0x0005));
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->answer, Answer::agreed);
  EXPECT_EQ(answer->words, "TLSv1.2 RSA_WITH_RC4_128_SHA");
  EXPECT_EQ(answer_in(server_hello(0x0301, 0xabcd))->words, "TLSv1.0 0xabcd");
}

TEST(ProbeAnswer, an_alert_is_a_refusal_by_its_name) {
  const auto answer = answer_in(Octets{21, 3, 3, 0, 2, 2, 40});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->answer, Answer::refused);
  EXPECT_EQ(answer->words, "alert: handshake failure");
}

TEST(ProbeAnswer, a_beginning_is_no_answer_yet) {
  const Octets whole = server_hello(0x0303, 0x0005);
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(answer_in(Bytes(whole).first(size))) << size;
}

TEST(ProbeAnswer, what_is_no_tls_is_a_refusal) {
  const std::string http = "HTTP/1.1 400 Bad Request\r\n";
  const auto answer = answer_in(as_bytes(http));
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->answer, Answer::refused);
}

}  // namespace
}  // namespace gw::tls
