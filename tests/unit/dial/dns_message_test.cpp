#include "dial/dns_message.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "support/mutations.h"
#include "unit/dial/dns_reply.h"

namespace gw::dial::dns {
namespace {

using std::chrono::seconds;

const Question kA{0x1234, Type::a, "cloud.example"};
const Question kAaaa{0x1234, Type::aaaa, "cloud.example"};

std::vector<std::string> texts(const Answer& answer) {
  std::vector<std::string> out;
  for (const auto& address : answer.addresses) out.push_back(address.to_text());
  return out;
}

/// What the message says to kA; a malformed one is reported as `failed` with a TTL no message can have.
Answer answer_to(Reply& reply, const Question& question = kA) {
  auto answer = read_answer(reply.octets(), question);
  return answer ? *answer : Answer{Verdict::failed, {}, seconds(-1)};
}
bool is_malformed(Reply& reply, const Question& question = kA) {
  const auto answer = read_answer(reply.octets(), question);
  return !answer && answer.error().code == ErrorCode::dns_malformed;
}

TEST(DnsQueryTest, has_the_octets_of_the_standards) {
  // RFC 1035 4.1, RFC 6891 6.1.2: OPT with root name, type 41, payload 1232.
  const std::string expected =
      "1234010000010000000000010"
      "5636c6f7564076578616d706c6500001c0001"
      "00002904d0000000000000";
  EXPECT_EQ(to_hex(write_query(kAaaa)), expected);
}

TEST(DnsQueryTest, is_lower_case_whatever_the_configuration_says) {
  EXPECT_EQ(write_query({1, Type::a, "Cloud.EXAMPLE"}), write_query({1, Type::a, "cloud.example"}));
}

TEST(DnsAnswerTest, gives_the_addresses_and_the_shortest_ttl) {
  Reply reply(kA);
  reply.address(kAsked, "203.0.113.7", 300).address(kAsked, "203.0.113.8", 60);
  const Answer answer = answer_to(reply);
  EXPECT_EQ(answer.verdict, Verdict::found);
  EXPECT_EQ(texts(answer), (std::vector<std::string>{"203.0.113.7", "203.0.113.8"}));
  EXPECT_EQ(answer.ttl, seconds(60));
}

TEST(DnsAnswerTest, gives_ipv6_addresses_to_the_ipv6_question) {
  Reply reply(kAaaa);
  reply.address(kAsked, "2001:db8::7");
  EXPECT_EQ(texts(answer_to(reply, kAaaa)), std::vector<std::string>{"2001:db8::7"});
}

TEST(DnsAnswerTest, ignores_records_the_question_does_not_lead_to) {
  Reply reply(kA);
  reply.address(wire_name("other.example"), "10.0.0.1").address(kAsked, "203.0.113.7");
  reply.address(kAsked, "2001:db8::7");
  EXPECT_EQ(texts(answer_to(reply)), std::vector<std::string>{"203.0.113.7"});
}

TEST(DnsAnswerTest, follows_aliases_in_any_order_and_counts_their_ttl) {
  Reply reply(kA);
  reply.address(wire_name("edge.example"), "203.0.113.9", 300);
  reply.alias(wire_name("cdn.example"), wire_name("edge.example"), 20);
  reply.alias(kAsked, wire_name("cdn.example"), 90);
  const Answer answer = answer_to(reply);
  EXPECT_EQ(texts(answer), std::vector<std::string>{"203.0.113.9"});
  EXPECT_EQ(answer.ttl, seconds(20));
}

TEST(DnsAnswerTest, names_are_the_same_in_any_case) {
  Reply reply(kA);
  std::string shouting = wire_name("cloud.example");
  for (char& c : shouting)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  reply.address(shouting, "203.0.113.7");
  EXPECT_EQ(answer_to(reply).verdict, Verdict::found);
}

TEST(DnsAnswerTest, a_label_with_a_dot_inside_is_another_name) {
  Reply reply(kA);
  reply.address(std::string("\x0d") + "cloud.example" + '\0', "203.0.113.7");
  EXPECT_EQ(answer_to(reply).verdict, Verdict::absent);
}

TEST(DnsAnswerTest, aliases_that_go_round_are_malformed) {
  Reply reply(kA);
  reply.alias(kAsked, wire_name("b.example")).alias(wire_name("b.example"), kAsked);
  EXPECT_TRUE(is_malformed(reply));
}

TEST(DnsAnswerTest, eight_aliases_are_followed_and_nine_are_not) {
  for (const std::size_t steps : {kMaxAliases, kMaxAliases + 1}) {
    Reply reply(kA);
    std::string owner = wire_name("cloud.example");
    for (std::size_t i = 0; i < steps; ++i) {
      const std::string target = wire_name("a" + std::to_string(i) + ".example");
      reply.alias(owner, target);
      owner = target;
    }
    reply.address(owner, "203.0.113.7");
    EXPECT_EQ(is_malformed(reply), steps > kMaxAliases) << steps;
  }
}

TEST(DnsAnswerTest, a_name_that_does_not_exist_has_the_soas_smaller_time) {
  for (const auto& [ttl, minimum] : {std::pair{600u, 4u}, {4u, 600u}}) {
    Reply reply(kA, Reply::kNoSuchName);
    reply.soa(ttl, minimum);
    EXPECT_EQ(answer_to(reply).verdict, Verdict::absent);
    EXPECT_EQ(answer_to(reply).ttl, seconds(4));  // RFC 2308 5
  }
}

TEST(DnsAnswerTest, no_addresses_is_absent_with_or_without_soa) {
  Reply bare(kA);
  EXPECT_EQ(answer_to(bare).verdict, Verdict::absent);
  EXPECT_EQ(answer_to(bare).ttl, seconds(0));
}

TEST(DnsAnswerTest, a_failing_server_is_no_answer_about_the_name) {
  Reply reply(kA, Reply::kServerFailure);
  const Answer answer = answer_to(reply);
  EXPECT_EQ(answer.verdict, Verdict::failed);
  EXPECT_EQ(answer.ttl, seconds(0));
}

TEST(DnsAnswerTest, the_extended_rcode_counts) {
  Reply reply(kA);
  reply.record(Reply::additional, std::string(1, '\0'), 41, 0x01000000, "");  // BADVERS, RFC 6891 6.1.3
  EXPECT_EQ(answer_to(reply).verdict, Verdict::failed);
  EXPECT_EQ(answer_to(reply).ttl, seconds(0));
}

TEST(DnsAnswerTest, truncation_is_told_before_the_records_are_read) {
  Reply reply(kA, Reply::kTruncated);
  reply.octets()[7] = 9;  // announces nine answers and has none
  EXPECT_EQ(answer_to(reply).verdict, Verdict::truncated);
}

TEST(DnsAnswerTest, a_ttl_with_the_highest_bit_set_counts_as_zero) {
  Reply reply(kA);
  reply.address(kAsked, "203.0.113.7", 0x80000001u);  // RFC 2181 8
  EXPECT_EQ(answer_to(reply).ttl, seconds(0));
}

TEST(DnsAnswerTest, addresses_beyond_the_limit_are_left_out) {
  Reply reply(kA);
  for (std::size_t i = 0; i < kMaxAddresses + 5; ++i) reply.address(kAsked, "203.0.113.7");
  EXPECT_EQ(answer_to(reply).addresses.size(), kMaxAddresses);
}

TEST(DnsAnswerTest, another_id_name_type_or_a_question_is_malformed) {
  const auto good = [] {
    Reply reply(kA);
    reply.address(kAsked, "203.0.113.7");
    return reply;
  };
  Reply reply = good();
  EXPECT_TRUE(is_malformed(reply, {0x1235, Type::a, "cloud.example"}));
  EXPECT_TRUE(is_malformed(reply, {0x1234, Type::aaaa, "cloud.example"}));
  EXPECT_TRUE(is_malformed(reply, {0x1234, Type::a, "cloud.example.jp"}));
  reply.octets()[2] &= 0x7f;  // a question, not a response
  EXPECT_TRUE(is_malformed(reply));
  reply = good();
  reply.octets()[2] |= 0x08;  // another opcode
  EXPECT_TRUE(is_malformed(reply));
  reply = good();
  reply.octets()[5] = 2;  // two questions
  EXPECT_TRUE(is_malformed(reply));
}

TEST(DnsAnswerTest, data_of_a_wrong_length_is_malformed) {
  for (const std::size_t size : {0u, 3u, 5u, 16u}) {
    Reply reply(kA);
    reply.record(Reply::answers, kAsked, 1, 60, std::string(size, 'x'));
    EXPECT_TRUE(is_malformed(reply)) << size;
  }
}

TEST(DnsAnswerTest, bytes_after_the_last_record_are_malformed) {
  Reply reply(kA);
  reply.octets().push_back(0);
  EXPECT_TRUE(is_malformed(reply));
}

TEST(DnsAnswerTest, too_many_records_are_malformed) {
  Reply reply(kA);
  reply.octets()[6] = 0x01;
  reply.octets()[7] = 0x01;  // 257
  EXPECT_TRUE(is_malformed(reply));
}

TEST(DnsNameTest, a_pointer_forward_or_to_itself_is_malformed) {
  // The record starts behind the question: 12 octets of head, 15 of name, 4 of type and class.
  for (const char low : {'\x1f', '\x20', '\x7f'}) {
    Reply reply(kA);
    reply.address(std::string("\xc0") + low, "203.0.113.7");
    EXPECT_TRUE(is_malformed(reply)) << static_cast<int>(low);
  }
}

TEST(DnsNameTest, two_pointers_at_each_other_end_the_reading) {
  Reply reply(kA);
  // A label, then a pointer back to that label: each round would add four octets for ever.
  reply.address(std::string("\x03www\xc0\x1f"), "203.0.113.7");
  EXPECT_TRUE(is_malformed(reply));
}

TEST(DnsNameTest, reserved_label_kinds_are_malformed) {
  for (const char kind : {'\x40', '\x80'}) {
    Reply reply(kA);
    reply.address(std::string(1, kind) + '\0', "203.0.113.7");
    EXPECT_TRUE(is_malformed(reply));
  }
}

TEST(DnsNameTest, a_name_of_255_octets_passes_and_one_of_256_does_not) {
  for (const std::size_t last : {61u, 62u}) {
    std::string name;
    for (const std::size_t size : {std::size_t{63}, std::size_t{63}, std::size_t{63}, last})
      name += std::string(1, static_cast<char>(size)) + std::string(size, 'a');
    name.push_back('\0');
    Reply reply(kA);
    reply.address(name, "203.0.113.7").address(kAsked, "203.0.113.8");
    EXPECT_EQ(is_malformed(reply), name.size() > 255) << name.size();
  }
}

TEST(DnsSweepTest, no_cut_of_an_answer_is_an_answer) {
  Reply reply(kA);
  reply.alias(kAsked, wire_name("cdn.example")).address(wire_name("cdn.example"), "203.0.113.7").soa(60, 60);
  support::for_each_cut(reply.octets(), [](const support::Octets& cut) {
    EXPECT_FALSE(read_answer(cut, kA)) << cut.size() << " octets";
  });
}

TEST(DnsSweepTest, a_changed_answer_never_leads_to_more_than_it_holds) {
  Reply reply(kA);
  reply.alias(kAsked, wire_name("cdn.example")).address(wire_name("cdn.example"), "203.0.113.7").soa(60, 60);
  support::for_each_change(reply.octets(), [](const support::Octets& changed) {
    const auto answer = read_answer(changed, kA);
    if (!answer) return;
    EXPECT_LE(answer->addresses.size(), 1u);
    EXPECT_EQ(answer->verdict == Verdict::found, !answer->addresses.empty());
  });
}

}  // namespace
}  // namespace gw::dial::dns
