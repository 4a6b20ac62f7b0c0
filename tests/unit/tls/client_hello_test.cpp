// What of a terminal's first bytes is a ClientHello, and what is said about it.

#include "tls/client_hello.h"

#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include "base/text.h"
#include "support/hello_bytes.h"

namespace gw::tls {
namespace {

/// The hello that must be there.
ClientHello hello_in(const Octets& stream) {
  const auto read = read_client_hello(stream);
  EXPECT_TRUE(read) << (read ? "" : read.error().detail);
  const auto* hello = read ? std::get_if<ClientHello>(&*read) : nullptr;
  EXPECT_NE(hello, nullptr) << "more is wanted";
  return hello != nullptr ? *hello : ClientHello{"?"};
}
bool wants_more(const Octets& stream) {
  const auto read = read_client_hello(stream);
  return read && std::holds_alternative<NeedMore>(*read);
}
bool is_refused(const Octets& stream) {
  const auto read = read_client_hello(stream);
  return !read && read.error().code == ErrorCode::client_hello_malformed;
}
std::string name_in(const std::string& name) {
  return hello_in(HandMadeHello{}.with_name(name).record()).server_name;
}
bool name_is_refused(const std::string& name) { return is_refused(HandMadeHello{}.with_name(name).record()); }

/// Calls with each proper prefix; in strides, where all would be too many.
template <class Try>
void for_each_prefix(const Octets& stream, Try try_prefix) {
  const std::size_t stride = std::max<std::size_t>(1, stream.size() / 4096);
  for (std::size_t size = 0; size < stream.size(); size += stride)
    try_prefix(Octets(stream.begin(), stream.begin() + static_cast<std::ptrdiff_t>(size)));
}

const RealHello kReal[] = {
    {},
    {.server_name = "emr.cloud.example"},
    {.server_name = "emr.cloud.example", .min_version = TLS1_2_VERSION, .max_version = TLS1_2_VERSION},
    {.server_name = "emr.cloud.example", .min_version = TLS1_3_VERSION, .max_version = TLS1_3_VERSION},
    {.max_version = TLS1_2_VERSION},
    {.server_name = "emr.cloud.example", .groups = "P-521:X448:P-384:X25519:P-256:ffdhe2048:ffdhe3072"},
};

TEST(ClientHelloTest, of_real_clients_is_read_with_the_name_they_ask_for) {
  for (const RealHello& real : kReal) {
    const ClientHello hello = hello_in(real.flight());
    EXPECT_EQ(hello.server_name, real.server_name);
    EXPECT_FALSE(hello.offers_early_data);
  }
}

TEST(ClientHelloTest, is_wanted_to_its_last_byte_however_it_is_cut_into_packets) {
  for (const RealHello& real : kReal) {
    const Octets stream = real.flight();
    for_each_prefix(stream, [](const Octets& prefix) { EXPECT_TRUE(wants_more(prefix)) << prefix.size(); });
  }
}

TEST(ClientHelloTest, says_the_same_however_it_is_cut_into_records) {
  const Octets message = HandMadeHello{}.with_name("emr.cloud.example").with(42, {}).message();
  for (const std::size_t size : {1u, 2u, 3u, 4u, 5u, 64u, 16'384u}) {
    const Octets stream = in_records(message, size);
    for_each_prefix(stream, [&](const Octets& prefix) { EXPECT_TRUE(wants_more(prefix)) << size; });
    const ClientHello hello = hello_in(stream);
    EXPECT_EQ(hello.server_name, "emr.cloud.example");
    EXPECT_TRUE(hello.offers_early_data);
  }
}

TEST(ClientHelloTest, of_a_client_that_sends_early_data_says_so) {
  const RealHello early{
      .server_name = "emr.cloud.example", .min_version = TLS1_3_VERSION, .early_data = true};
  const ClientHello hello = hello_in(early.flight());
  EXPECT_TRUE(hello.offers_early_data);
  EXPECT_EQ(hello.server_name, "emr.cloud.example");
}

TEST(ClientHelloTest, passes_over_reserved_values_that_mean_nothing) {
  HandMadeHello hello;  // RFC 8701 2: in suites, extensions, groups and key shares; empty or with content
  hello.suites = {0x0a, 0x0a, 0x13, 0x02, 0xfa, 0xfa};
  hello.with(0x0a0a, {}).with_name("emr.cloud.example").with(0xfafa, {0});
  hello.with(10, {0, 4, 0x1a, 0x1a, 0, 29}).with(0xbaba, Octets(300, 0x61));
  EXPECT_EQ(hello_in(hello.record()).server_name, "emr.cloud.example");
}

TEST(ClientHelloTest, with_many_key_shares_is_read_over_several_records) {
  Octets shares;
  for (int i = 0; i < 30; ++i) {
    shares = joined(shares, {static_cast<std::uint8_t>(i << 4 | 0xa), 0x0a, 4, 0xc0});
    shares.resize(shares.size() + 0x4c0, 0x33);  // the size of a hybrid share
  }
  const Octets all = joined(
      {static_cast<std::uint8_t>(shares.size() >> 8), static_cast<std::uint8_t>(shares.size())}, shares);
  const Octets message = HandMadeHello{}.with(51, all).with_name("emr.cloud.example").message();
  ASSERT_GT(message.size(), 2 * 16'384u);
  EXPECT_EQ(hello_in(in_records(message, 16'384)).server_name, "emr.cloud.example");
}

TEST(ClientHelloTest, without_any_extension_asks_for_no_name) {
  HandMadeHello old;  // RFC 5246 7.4.1.2
  old.has_extensions = false;
  EXPECT_EQ(hello_in(old.record()).server_name, "");
  EXPECT_EQ(hello_in(HandMadeHello{}.record()).server_name, "");
}

// ---------------------------------------------------------------- size

TEST(ClientHelloSizeTest, of_sixty_kibibytes_is_read) {
  const Octets message = HandMadeHello{}.with_name("emr.cloud.example").padded_to(60 * 1024).message();
  const Octets stream = in_records(message, 16'384);
  for_each_prefix(stream, [](const Octets& prefix) { EXPECT_TRUE(wants_more(prefix)) << prefix.size(); });
  EXPECT_EQ(hello_in(stream).server_name, "emr.cloud.example");
}

TEST(ClientHelloSizeTest, at_the_limit_is_read_and_one_more_octet_is_refused) {
  const HandMadeHello largest = HandMadeHello{}.with_name("a.example").padded_to(kMaxHello);
  ASSERT_EQ(largest.message().size(), kMaxHello);
  EXPECT_EQ(hello_in(in_records(largest.message(), 16'384)).server_name, "a.example");
  const HandMadeHello larger = HandMadeHello{}.with_name("a.example").padded_to(kMaxHello + 1);
  EXPECT_TRUE(is_refused(in_records(larger.message(), 16'384)));
}

TEST(ClientHelloSizeTest, beyond_the_limit_is_refused_before_it_arrives) {
  for (const std::size_t size : {kMaxHello - 3, kMaxHello, std::size_t{0xffffff}}) {
    const Octets header{1, static_cast<std::uint8_t>(size >> 16), static_cast<std::uint8_t>(size >> 8),
                        static_cast<std::uint8_t>(size)};
    EXPECT_TRUE(is_refused(record_of(22, header))) << size;
  }
  const std::size_t most = kMaxHello - 4;
  EXPECT_TRUE(
      wants_more(record_of(22, {1, static_cast<std::uint8_t>(most >> 16),
                                static_cast<std::uint8_t>(most >> 8), static_cast<std::uint8_t>(most)})));
}

TEST(ClientHelloSizeTest, in_more_framing_than_hello_is_refused) {
  const Octets message = HandMadeHello{}.padded_to(60 * 1024).message();
  const Octets stream = in_records(Octets(message.begin(), message.begin() + 20'000), 1);
  EXPECT_TRUE(wants_more(Octets(stream.begin(), stream.begin() + 5 * kMaxHello / 4)));
  EXPECT_TRUE(is_refused(stream));
}

TEST(ClientHelloSizeTest, is_read_whatever_has_come_behind_it_already) {
  const HandMadeHello hello = HandMadeHello{}.with_name("a.example");
  EXPECT_EQ(hello_in(joined(hello.record(), Octets(128 * 1024, 23))).server_name, "a.example");
}

// ---------------------------------------------------------------- server name

TEST(ServerNameTest, is_told_in_lower_case) { EXPECT_EQ(name_in("EMR.Cloud.Example"), "emr.cloud.example"); }

TEST(ServerNameTest, that_is_no_host_name_is_refused) {
  using namespace std::string_literals;
  const std::string names[] = {"",
                               "emr.cloud.example."s,
                               "emr\0.cloud.example"s,
                               "emr.cloud.example\0"s,
                               "*.example",
                               "emr cloud",
                               "emr_cloud.example",
                               "-emr.example",
                               "emr..example",
                               ".example",
                               "\xc3\xa9mr.example",
                               "emr.example/",
                               std::string(64, 'a'),
                               std::string(254, 'a')};
  for (const std::string& name : names) EXPECT_TRUE(name_is_refused(name)) << name;
}

TEST(ServerNameTest, that_is_an_address_is_refused) {  // RFC 6066 3
  for (const char* name : {"192.0.2.1", "0.0.0.0", "2001:db8::1", "[2001:db8::1]", "::ffff:192.0.2.1"})
    EXPECT_TRUE(name_is_refused(name)) << name;
}

TEST(ServerNameTest, of_the_longest_kind_is_read) {
  const std::string label(63, 'a');
  const std::string longest = label + "." + label + "." + label + "." + std::string(61, 'a');
  ASSERT_EQ(longest.size(), 253u);
  EXPECT_EQ(name_in(longest), longest);
  EXPECT_TRUE(name_is_refused(longest + "a"));
}

TEST(ServerNameTest, given_twice_is_refused) {
  EXPECT_TRUE(is_refused(HandMadeHello{}.with_name("a.example").with_name("a.example").record()));
  EXPECT_TRUE(
      is_refused(HandMadeHello{}.with_name("a.example").with(10, {}).with_name("b.example").record()));
  EXPECT_TRUE(is_refused(HandMadeHello{}.with(0, name_list({{0, "a.example"}, {0, "b.example"}})).record()));
  EXPECT_TRUE(is_refused(HandMadeHello{}.with(0, name_list({{0, "a.example"}, {0, "a.example"}})).record()));
}

TEST(ServerNameTest, of_an_unknown_type_or_a_broken_list_is_refused) {
  EXPECT_TRUE(is_refused(HandMadeHello{}.with(0, name_list({{1, "a.example"}})).record()));
  EXPECT_TRUE(is_refused(HandMadeHello{}.with(0, name_list({})).record()));
  EXPECT_TRUE(is_refused(HandMadeHello{}.with(0, {}).record()));
  const Octets good = name_list({{0, "a.example"}});
  EXPECT_TRUE(is_refused(HandMadeHello{}.with(0, joined(good, {0})).record()));
  for (const std::size_t at : {1u, 4u})
    for (const int by : {-1, 1}) {
      Octets bad = good;
      bad[at] = static_cast<std::uint8_t>(bad[at] + by);
      EXPECT_TRUE(is_refused(HandMadeHello{}.with(0, bad).record())) << at << by;
    }
}

// ---------------------------------------------------------------- framing

TEST(ClientHelloFramingTest, any_other_record_is_refused_at_its_first_byte) {
  for (int type = 0; type < 256; ++type) {
    const Octets first{static_cast<std::uint8_t>(type)};
    EXPECT_EQ(is_refused(first), type != 22) << type;
  }
}

TEST(ClientHelloFramingTest, another_major_version_or_an_impossible_length_is_refused) {
  EXPECT_TRUE(is_refused({22, 2}));
  EXPECT_TRUE(is_refused({22, 4}));
  EXPECT_TRUE(is_refused({22, 3, 1, 0, 0}));
  EXPECT_TRUE(is_refused({22, 3, 1, 0x40, 0x01}));
  EXPECT_TRUE(wants_more({22, 3, 1, 0x40, 0x00}));
  EXPECT_TRUE(wants_more({22, 3, 4}));
}

TEST(ClientHelloFramingTest, other_protocols_are_refused) {
  for (const std::string_view text :
       {"GET / HTTP/1.1\r\n", "SSH-2.0-x", "PROXY TCP4 ", "\x80\x2e\x01\x03\x01", "\r\n\r\n"})
    EXPECT_TRUE(is_refused(Octets(text.begin(), text.end()))) << text;
}

TEST(ClientHelloFramingTest, another_handshake_message_is_refused) {
  for (const int type : {0, 2, 4, 11, 20, 24, 255}) {
    HandMadeHello hello;
    hello.message_type = static_cast<std::uint8_t>(type);
    EXPECT_TRUE(is_refused(hello.record())) << type;
  }
}

TEST(ClientHelloFramingTest, another_record_between_two_fragments_is_refused) {  // RFC 8446 5.1
  const Octets message = HandMadeHello{}.message();
  const Octets head(message.begin(), message.begin() + 20), tail(message.begin() + 20, message.end());
  for (const Octets& other : {record_of(20, {1}), record_of(21, {1, 0}), record_of(23, {1})})
    EXPECT_TRUE(is_refused(joined(joined(record_of(22, head), other), record_of(22, tail))));
}

TEST(ClientHelloFramingTest, bytes_behind_it_in_the_same_record_are_refused_and_later_records_left_alone) {
  const HandMadeHello hello = HandMadeHello{}.with_name("a.example");
  EXPECT_TRUE(is_refused(record_of(22, joined(hello.message(), {0}))));
  const Octets longer = record_of(22, joined(hello.message(), {0}));
  EXPECT_TRUE(is_refused(Octets(longer.begin(), longer.end() - 1))) << "the packet ends where the hello does";
  EXPECT_TRUE(is_refused(record_of(22, joined(hello.message(), hello.message()))));
  EXPECT_EQ(hello_in(joined(hello.record(), {23, 3, 3, 0, 5, 1, 2, 3, 4, 5})).server_name, "a.example");
  EXPECT_EQ(hello_in(joined(hello.record(), Octets(100, 0xff))).server_name, "a.example");
}

TEST(ClientHelloFieldsTest, outside_the_standard_are_refused) {
  HandMadeHello long_id, odd_suites, no_suite, no_compression;
  long_id.session_id = Octets(33, 1);
  odd_suites.suites = {0x13, 0x01, 0x13};
  no_suite.suites = {};
  no_compression.compression = {};
  for (const HandMadeHello& hello : {long_id, odd_suites, no_suite, no_compression})
    EXPECT_TRUE(is_refused(hello.record()));
}

TEST(ClientHelloFieldsTest, with_lengths_that_do_not_add_up_are_refused) {
  HandMadeHello bare;
  bare.has_extensions = false;
  for (const Octets& tail :
       {Octets{0}, Octets{0, 1}, Octets{0, 0, 0}, Octets{0, 3, 0, 10, 0}, Octets{0, 4, 0, 10, 0, 1}}) {
    Octets message = joined(bare.message(), tail);
    message[3] = static_cast<std::uint8_t>(message.size() - 4);
    EXPECT_TRUE(is_refused(record_of(22, message))) << to_hex(tail);
  }
}

// ---------------------------------------------------------------- anything at all

TEST(ClientHelloSweepTest, no_mutation_gives_anything_but_more_a_hello_or_a_refusal) {
  const RealHello early{.server_name = "emr.cloud.example", .early_data = true};
  const Octets streams[] = {early.flight(), kReal[2].flight(),
                            in_records(HandMadeHello{}.with_name("a.b").message(), 7)};
  const auto check = [](const Octets& stream) {
    const auto read = read_client_hello(stream);
    if (!read) {
      EXPECT_EQ(read.error().code, ErrorCode::client_hello_malformed);
      return;
    }
    const auto* hello = std::get_if<ClientHello>(&*read);
    const std::string name = hello == nullptr ? "" : hello->server_name;
    EXPECT_TRUE(name.empty() || is_host_name(name)) << name;
  };
  for (const Octets& stream : streams) support::for_each_change(stream, check);
}

TEST(ClientHelloTest, says_which_versions_are_offered) {
  using Versions = std::vector<std::uint16_t>;
  EXPECT_EQ(hello_in(RealHello{.min_version = TLS1_2_VERSION}.flight()).versions, (Versions{0x0304, 0x0303}));
  EXPECT_EQ(hello_in(RealHello{.max_version = TLS1_2_VERSION}.flight()).versions, Versions{0x0303});
  const HandMadeHello greased = HandMadeHello{}.with(43, {4, 0x8a, 0x8a, 3, 4});  // RFC 8701
  EXPECT_EQ(hello_in(greased.record()).versions, (Versions{0x8a8a, 0x0304}));
  for (const Octets& wrong : {Octets{}, Octets{0}, Octets{1, 3}, Octets{2, 3}, Octets{2, 3, 4, 0}})
    EXPECT_TRUE(is_refused(HandMadeHello{}.with(43, wrong).record()));
}

TEST(ClientHelloTest, that_hides_another_one_says_so) {  // NET-10
  EXPECT_FALSE(hello_in(HandMadeHello{}.with_name("a.example").record()).is_encrypted);
  EXPECT_TRUE(hello_in(HandMadeHello{}.with_name("a.example").with(0xfe0d, {0, 0}).record()).is_encrypted);
}

}  // namespace
}  // namespace gw::tls
