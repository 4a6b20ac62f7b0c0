// What is read of a cloud's answer to a session that the box does not speak, and held against a profile.

#include "tls/server_hello.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/text.h"
#include "support/hello_bytes.h"

namespace gw::tls {
namespace {

using model::ProfileName;

/// A ServerHello with this legacy version, suite and extensions, with its header.
Octets message(std::uint16_t legacy, std::uint16_t suite, const Octets& extensions,
               bool has_extensions = true) {
  Octets body{static_cast<std::uint8_t>(legacy >> 8), static_cast<std::uint8_t>(legacy)};
  body.resize(2 + 32, 9);
  body.push_back(0);  // no session id
  body.push_back(static_cast<std::uint8_t>(suite >> 8));
  body.push_back(static_cast<std::uint8_t>(suite));
  body.push_back(0);
  if (has_extensions) {
    body.push_back(static_cast<std::uint8_t>(extensions.size() >> 8));
    body.push_back(static_cast<std::uint8_t>(extensions.size()));
    body.insert(body.end(), extensions.begin(), extensions.end());
  }
  Octets out{2, 0, static_cast<std::uint8_t>(body.size() >> 8), static_cast<std::uint8_t>(body.size())};
  out.insert(out.end(), body.begin(), body.end());
  return out;
}
const Octets kTls13{0, 43, 0, 2, 3, 4};  // supported_versions
const Octets kOfTls13 = message(0x0303, 0x1301, kTls13);
const Octets kOfTls12 = message(0x0303, 0xc02b, {}, false);

/// "VERSION SUITE" in hexadecimal, "alert N", "more" or "refused".
std::string read(const Octets& stream) {
  const auto read = read_server_hello(stream);
  if (!read) return read.error().code == ErrorCode::server_hello_malformed ? "refused" : "?";
  if (const auto* refusal = std::get_if<Refusal>(&*read))
    return "alert " + std::to_string(refusal->description);
  const auto* hello = std::get_if<ServerHello>(&*read);
  if (hello == nullptr) return "more";
  char text[16];
  std::snprintf(text, sizeof text, "%04x %04x", hello->version, hello->suite);
  return text;
}

TEST(ServerHelloTest, version_and_suite_are_read_however_it_is_cut) {
  EXPECT_EQ(read(record_of(22, kOfTls13)), "0304 1301");
  EXPECT_EQ(read(record_of(22, kOfTls12)), "0303 c02b");
  for (const std::size_t most : {1u, 2u, 5u, 40u}) {
    const Octets stream = in_records(kOfTls13, most);
    EXPECT_EQ(read(stream), "0304 1301") << most;
    for (std::size_t size = 0; size < stream.size(); ++size)
      EXPECT_EQ(read(Octets(stream.begin(), stream.begin() + static_cast<std::ptrdiff_t>(size))), "more");
  }
}

TEST(ServerHelloTest, other_messages_may_follow_it_in_its_record) {  // RFC 8446 5.1
  EXPECT_EQ(read(record_of(22, joined(kOfTls12, Octets{11, 0, 0, 0}))), "0303 c02b");
  EXPECT_EQ(read(joined(record_of(22, kOfTls13), record_of(20, {1}))), "0304 1301");
}

TEST(ServerHelloTest, an_alert_in_its_place_is_told_as_such) {
  const Octets alert = record_of(21, {2, 40});
  EXPECT_EQ(read(alert), "alert 40");
  EXPECT_EQ(read(Octets(alert.begin(), alert.end() - 1)), "more");
}

TEST(ServerHelloTest, only_one_fatal_alert_in_clear_is_a_refusal) {
  for (const Octets& stream : {record_of(21, {1, 112}), record_of(21, {2, 40, 0}), record_of(21, {2}),
                               Octets{21, 'S', 'S', 'H', '-', '2', '.'}, record_of(21, Octets(16'384, 2))})
    EXPECT_EQ(read(stream), "refused");
}

TEST(ServerHelloTest, a_request_for_another_hello_is_known_by_its_random) {  // RFC 8446 4.1.3
  Octets retry = kOfTls13;
  const auto random = from_hex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");
  std::ranges::copy(*random, retry.begin() + 6);
  const auto read_retry = read_server_hello(record_of(22, retry));
  EXPECT_TRUE(std::get<ServerHello>(*read_retry).is_retry);
  EXPECT_EQ(std::get<ServerHello>(*read_retry).end, retry.size() + 5);
  EXPECT_FALSE(std::get<ServerHello>(*read_server_hello(record_of(22, kOfTls13))).is_retry);
}

TEST(ServerHelloTest,
     before_the_answer_to_a_second_hello_a_change_cipher_spec_means_nothing) {  // RFC 8446 D.4
  const Octets stream = joined(record_of(20, {1}), record_of(22, kOfTls13));
  EXPECT_EQ(read(stream), "refused") << "not before the first";
  for (std::size_t size = 0; size < stream.size(); ++size) {
    ServerHelloReader reader(true);
    const auto half = reader.go_on(Bytes(stream).first(size));
    ASSERT_TRUE(half && std::holds_alternative<NeedMore>(*half)) << size;
    EXPECT_TRUE(std::holds_alternative<ServerHello>(*reader.go_on(stream))) << "it goes on where it was";
  }
}

TEST(ServerHelloTest, what_is_none_is_refused) {
  for (const Octets& stream :
       {Octets{'H', 'T', 'T', 'P'}, record_of(22, {1, 0, 0, 0}), record_of(23, kOfTls13),
        record_of(22, {2, 0, 0, 1, 3}), record_of(22, message(0x0303, 0x1301, {0, 43, 0, 3, 3, 4, 0})),
        record_of(22, message(0x0303, 0x1301, {0, 43, 0, 9, 3, 4})),
        record_of(22, message(0x0303, 0x1301, joined(kTls13, kTls13)))})
    EXPECT_EQ(read(stream), "refused");
}

TEST(ServerHelloTest, a_profile_has_a_version_with_its_own_suites_alone) {  // NET-01, NET-02, NET-03
  const auto words = [](ProfileName profile, std::uint16_t version, std::uint16_t suite) {
    return agreed_words(profile, {version, suite}).value_or("-");
  };
  EXPECT_EQ(words(ProfileName::high_13, 0x0304, 0x1301), "TLSv1.3 TLS_AES_128_GCM_SHA256");
  EXPECT_EQ(words(ProfileName::high_12, 0x0304, 0x1302), "TLSv1.3 TLS_AES_256_GCM_SHA384");
  EXPECT_EQ(words(ProfileName::high_12, 0x0303, 0xc02b), "TLSv1.2 ECDHE-ECDSA-AES128-GCM-SHA256");
  EXPECT_EQ(words(ProfileName::high_13, 0x0303, 0xc02b), "-") << "TLS 1.2 is an exception";
  EXPECT_EQ(words(ProfileName::high_12, 0x0303, 0x009c), "-") << "static RSA";
  EXPECT_EQ(words(ProfileName::high_12, 0x0303, 0xc013), "-") << "CBC";
  EXPECT_EQ(words(ProfileName::high_13, 0x0304, 0x1305), "-") << "an eight-octet tag";
  EXPECT_EQ(words(ProfileName::high_12, 0x0303, 0x1301), "-") << "a suite of the other version";
  EXPECT_EQ(words(ProfileName::high_12, 0x0302, 0xc02b), "-");
}

TEST(ServerHelloTest, unknown_versions_among_the_offered_do_no_harm) {
  EXPECT_TRUE(offers_version_of(ProfileName::high_13, {0x8a8a, 0x0304, 0x0303}));  // RFC 8701
  EXPECT_FALSE(offers_version_of(ProfileName::high_13, {0x8a8a, 0x0303}));
  EXPECT_TRUE(offers_version_of(ProfileName::high_12, {0x0303}));
}

}  // namespace
}  // namespace gw::tls
