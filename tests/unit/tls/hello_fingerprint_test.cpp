// By what a terminal's TLS client is known again (IDS-01).

#include "tls/hello_fingerprint.h"

#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <algorithm>

#include "support/hello_bytes.h"
#include "tls/client_hello.h"

namespace gw::tls {
namespace {

std::string print(const Octets& stream) {
  const auto read = read_client_hello(stream);
  const auto* hello = read ? std::get_if<ClientHello>(&*read) : nullptr;
  return hello == nullptr ? "none" : std::string(text_of(hello->fingerprint));
}
std::string print(const HandMadeHello& hello) { return print(hello.record()); }

Octets vector_of(const std::vector<std::uint16_t>& points) {
  Octets out;
  for (const std::uint16_t point : points) {
    out.push_back(static_cast<std::uint8_t>(point >> 8));
    out.push_back(static_cast<std::uint8_t>(point));
  }
  return out;
}
/// With a length of two octets in front.
Octets listed(const Octets& body) {
  return joined({static_cast<std::uint8_t>(body.size() >> 8), static_cast<std::uint8_t>(body.size())}, body);
}
Octets protocols(const std::string& first) {
  Octets entry{static_cast<std::uint8_t>(first.size())};
  entry.insert(entry.end(), first.begin(), first.end());
  return listed(entry);
}

/// A browser's, as the public description of JA4 has it for its example; without padding, which is left out.
HandMadeHello browser() {
  HandMadeHello hello;
  hello.suites = vector_of({0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc013,
                            0xc014, 0x009c, 0x009d, 0x002f, 0x0035});
  hello.with(0x001b, {}).with_name("emr.cloud.example").with(0x0033, {}).with(16, protocols("h2"));
  for (const std::uint16_t type : std::initializer_list<std::uint16_t>{0x4469, 0x0017, 0x002d, 0x0005, 0x0023,
                                                                       0x0012, 0x000b, 0x000a, 0xff01})
    hello.with(type, {});
  hello.with(43, {4, 0x03, 0x04, 0x03, 0x03});
  return hello.with(13, listed(vector_of({0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601})));
}

TEST(HelloFingerprintTest, is_put_together_as_it_is_described) {
  // Its suites' digest is the one of JA4's own example; the last part was worked out by hand.
  EXPECT_EQ(print(browser()), "t13d1515h2_8daaf6152771_f37e75b10bcc");
  EXPECT_EQ(print(HandMadeHello{}), "t12i020000_62ed6f6ca7ad_000000000000");
}

TEST(HelloFingerprintTest, leaves_out_what_clients_draw_by_lot) {
  HandMadeHello greased = browser();
  greased.suites = joined(vector_of({0x3a3a}), greased.suites);
  greased.extensions.insert(greased.extensions.begin(), {0xfafa, {}});
  greased.with(0x1a1a, {0});
  EXPECT_EQ(print(greased), print(browser()));
  HandMadeHello shuffled = browser();
  std::ranges::reverse(shuffled.extensions);
  EXPECT_EQ(print(shuffled), print(browser()));
}

TEST(HelloFingerprintTest, leaves_out_what_comes_and_goes_with_a_session) {
  const std::string usual = print(browser());
  for (const std::uint16_t type : std::initializer_list<std::uint16_t>{21, 41, 42, 44})
    EXPECT_EQ(print(browser().with(type, {})), usual) << type;
  EXPECT_EQ(
      print(RealHello{.server_name = "emr.cloud.example", .min_version = TLS1_3_VERSION}.flight()),
      print(RealHello{
          .server_name = "a-longer-name.cloud.example", .min_version = TLS1_3_VERSION, .early_data = true}
                .flight()));
}

TEST(HelloFingerprintTest, differs_with_what_a_client_is_made_to_offer) {
  const std::string usual = print(browser());
  HandMadeHello fewer = browser();
  fewer.suites.resize(fewer.suites.size() - 2);
  EXPECT_NE(print(fewer), usual);
  EXPECT_NE(print(browser().with(0xfe0d, {})), usual);
  HandMadeHello nameless = browser();
  std::erase_if(nameless.extensions, [](const auto& one) { return one.first == 0; });
  EXPECT_EQ(print(nameless).substr(0, 4), "t13i");
  EXPECT_NE(print(RealHello{}.flight()), print(RealHello{.max_version = TLS1_2_VERSION}.flight()));
}

TEST(HelloFingerprintTest, of_a_protocol_that_is_no_word_has_its_digits) {
  const auto of = [](const std::string& first) {
    return print(HandMadeHello{}.with(16, protocols(first))).substr(8, 2);
  };
  EXPECT_EQ(of("http/1.1"), "h1");
  EXPECT_EQ(of("x"), "xx");
  EXPECT_EQ(of(std::string("\xab", 1)), "ab");
  EXPECT_EQ(of(std::string("\x30\xab", 2)), "3b");
}

TEST(HelloFingerprintTest, has_its_length_whatever_is_offered) {
  HandMadeHello huge;
  std::vector<std::uint16_t> points(10'000);
  for (std::size_t n = 0; n < points.size(); ++n) points[n] = static_cast<std::uint16_t>(n);
  huge.suites = vector_of({points.begin(), points.begin() + 5'000});
  for (std::uint16_t n = 100; n < 900; ++n) huge.with(n, {});
  huge.with(13, listed(vector_of({points.begin(), points.begin() + 4'000})));
  EXPECT_EQ(print(in_records(huge.message(), 16'000)).substr(0, 11), "t12i999900_");
  EXPECT_EQ(print(HandMadeHello{}.with(13, {0xff}).with(16, {0, 9, 1})).size(), 36u);
}

}  // namespace
}  // namespace gw::tls
