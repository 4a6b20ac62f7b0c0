#include "names/answer.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "support/mutations.h"
#include "unit/names/ask.h"

namespace gw::names {
namespace {

using dns::Rcode;
using tests::Asked;
using tests::octets_of;

/// An answer taken apart; the reader is the one the dialers use.
struct Answered {
  std::uint16_t id = 0, flags = 0;
  std::uint32_t rcode = 0;
  std::uint16_t questions = 0, answers = 0, authority = 0;
  std::vector<std::string> addresses{};
  std::string soa_owner{};
  std::optional<std::uint16_t> payload{};
  bool dnssec_ok = false;
  std::size_t size = 0;

  bool has(std::uint16_t bit) const { return (flags & bit) != 0; }
};

void read_record(dns::MessageReader& in, Answered& out) {
  const dns::WireName owner = in.name();
  const std::uint16_t type = in.u16(), record_class = in.u16();
  const std::uint32_t ttl = in.u32();
  const std::uint16_t size = in.u16();
  if (type == dns::kTypeA || type == dns::kTypeAaaa) {
    EXPECT_EQ(ttl, 60u);
    const auto family = type == dns::kTypeA ? model::Family::ipv4 : model::Family::ipv6;
    return out.addresses.push_back(in.address(family).to_text());
  }
  if (type == dns::kTypeSoa) out.soa_owner = owner;
  if (type == dns::kTypeOpt) {
    out.payload = record_class;
    out.rcode |= ttl >> 24 << 4;
    out.dnssec_ok = (ttl & 0x8000) != 0;
  }
  in.skip(size);
}

Answered taken_apart(const std::vector<std::uint8_t>& octets) {
  dns::MessageReader in{Bytes(octets)};
  Answered out;
  out.size = octets.size();
  out.id = in.u16(), out.flags = in.u16();
  out.rcode = out.flags & dns::kRcodeMask;
  out.questions = in.u16(), out.answers = in.u16(), out.authority = in.u16();
  const std::uint16_t additional = in.u16();
  if (out.questions == 1) in.name(), in.u16(), in.u16();
  for (int i = 0; i < out.answers + out.authority + additional; ++i) read_record(in, out);
  EXPECT_FALSE(in.faulty()) << to_hex(octets);
  EXPECT_TRUE(in.at_end()) << to_hex(octets);
  return out;
}

const Zones& zones() {
  static const Zones all(tests::sample_view(), model::Generation(7));
  return all;
}
Answered ask(const Asked& asked, Transport transport = Transport::udp) {
  const auto octets = answer(octets_of(asked), zones(), transport);
  EXPECT_TRUE(octets.has_value());
  return octets ? taken_apart(*octets) : Answered{};
}
std::uint32_t rcode_of(const Asked& asked) { return ask(asked).rcode; }
std::uint32_t number(Rcode rcode) { return static_cast<std::uint32_t>(rcode); }

TEST(NameAnswerTest, has_the_octets_of_the_standards) {
  // RFC 1035 4.1: header, question as asked, one A record whose owner points to the question's name.
  const auto octets = answer(octets_of({.name = "lab.example"}), zones(), Transport::udp);
  EXPECT_EQ(to_hex(*octets),
            "123485000001000100000000"
            "036c6162076578616d706c650000010001"
            "c00c000100010000003c00040a010003");
}

TEST(NameAnswerTest, gives_the_addresses_of_the_family_that_was_asked_for) {
  EXPECT_EQ(ask({}).addresses, (std::vector<std::string>{"10.1.0.1", "10.1.0.2"}));
  EXPECT_EQ(ask({.type = dns::kTypeAaaa}).addresses, std::vector<std::string>{"fd00:1::1"});
}

TEST(NameAnswerTest, is_authoritative_and_never_offers_recursion) {
  const Answered answered = ask({});
  EXPECT_TRUE(answered.has(dns::kAuthoritative));
  EXPECT_TRUE(answered.has(dns::kRecursionDesired)) << "repeated as RFC 1035 4.1.1 wants it";
  EXPECT_FALSE(answered.has(0x0080)) << "recursion available";
  EXPECT_FALSE(ask({.flags = 0}).has(dns::kRecursionDesired));
  EXPECT_EQ(answered.id, 0x1234);
}

TEST(NameAnswerTest, names_are_the_same_in_any_case_and_come_back_as_they_were_written) {
  const auto question = octets_of({.name = "EMR.Clinic.exAmple"});
  const auto octets = answer(question, zones(), Transport::udp);
  EXPECT_EQ(taken_apart(*octets).addresses.size(), 2u);
  EXPECT_TRUE(std::equal(question.begin() + 12, question.end(), octets->begin() + 12));
}

TEST(NameAnswerTest, a_name_without_an_address_of_the_family_exists_all_the_same) {
  for (const std::uint16_t type : {dns::kTypeA, dns::kTypeCname, std::uint16_t{15}, std::uint16_t{65}}) {
    const Answered answered = ask({.name = "six.example", .type = type});
    EXPECT_EQ(answered.rcode, number(Rcode::no_error));
    EXPECT_TRUE(answered.addresses.empty());
    EXPECT_EQ(answered.soa_owner, dns::wire_name("six.example"));
    EXPECT_EQ(answered.authority, 1);
  }
}

TEST(NameAnswerTest, what_lies_beneath_a_configured_name_does_not_exist) {
  const Answered answered = ask({.name = "www.emr.clinic.example"});
  EXPECT_EQ(answered.rcode, number(Rcode::name_error));
  EXPECT_EQ(answered.soa_owner, dns::wire_name("emr.clinic.example"));
  EXPECT_TRUE(answered.has(dns::kAuthoritative));
}

TEST(NameAnswerTest, a_name_with_a_configured_one_beneath_it_exists) {
  // RFC 8020 2: "does not exist" would take deep.in.lab.example with it.
  const Answered answered = ask({.name = "in.lab.example"});
  EXPECT_EQ(answered.rcode, number(Rcode::no_error));
  EXPECT_EQ(answered.soa_owner, dns::wire_name("lab.example"));
}

TEST(NameAnswerTest, a_foreign_name_is_refused_without_a_word_about_it) {
  for (const char* name :
       {"www.example.com", "example", "clinic.example", "xemr.clinic.example", "example.emr.clinic", ""}) {
    const Answered answered = ask({.name = name});
    EXPECT_EQ(answered.rcode, number(Rcode::refused)) << name;
    EXPECT_FALSE(answered.has(dns::kAuthoritative)) << name;
    EXPECT_EQ(answered.answers + answered.authority, 0) << name;
  }
}

TEST(NameAnswerTest, the_zone_has_a_beginning_of_authority) {
  const Answered answered = ask({.type = dns::kTypeSoa});
  EXPECT_EQ(answered.answers, 1);
  EXPECT_EQ(answered.soa_owner, dns::wire_name("emr.clinic.example"));
}

TEST(NameAnswerTest, whoever_asks_for_everything_gets_one_set) {
  EXPECT_EQ(ask({.type = dns::kTypeAny}).addresses.size(), 2u);
  EXPECT_EQ(ask({.name = "six.example", .type = dns::kTypeAny}).addresses.size(), 1u);
}

TEST(NameAnswerTest, every_other_question_has_its_code) {
  EXPECT_EQ(rcode_of({.type = dns::kTypeAxfr}), number(Rcode::refused));
  EXPECT_EQ(rcode_of({.type = dns::kTypeIxfr}), number(Rcode::refused));
  EXPECT_EQ(rcode_of({.type = 250}), number(Rcode::not_implemented)) << "TSIG";
  EXPECT_EQ(rcode_of({.type = dns::kTypeOpt}), number(Rcode::format_error));
  EXPECT_EQ(rcode_of({.name = "version.bind", .type = 16, .question_class = 3}), number(Rcode::refused));
  EXPECT_EQ(rcode_of({.question_class = 3}), number(Rcode::refused)) << "CHAOS";
}

TEST(NameAnswerTest, other_operations_are_not_implemented) {
  for (std::uint16_t opcode = 1; opcode < 16; ++opcode) {
    const Answered answered = ask({.flags = static_cast<std::uint16_t>(opcode << 11)});
    EXPECT_EQ(answered.rcode, number(Rcode::not_implemented));
    EXPECT_EQ((answered.flags & dns::kOpcodeMask) >> 11, opcode);
  }
}

TEST(NameAnswerTest, a_message_of_another_shape_is_a_format_error) {
  const Asked asked[] = {{.questions = 0}, {.questions = 2},  {.answers = 1},
                         {.authority = 1}, {.additional = 1}, {.additional = 1, .payload = 1232},
                         {.tail = "x"}};
  for (const Asked& one : asked) {
    const Answered answered = ask(one);
    EXPECT_EQ(answered.rcode, number(Rcode::format_error));
    EXPECT_EQ(answered.questions, 0);
  }
}

TEST(NameAnswerTest, a_compressed_question_is_a_format_error) {
  // To itself, into the header (whose octets could spell a name), and after a label of its own.
  for (const std::string& name : {std::string("\xc0\x0c", 2), std::string("\xc0\x02", 2),
                                  std::string("\x03"
                                              "emr"
                                              "\xc0\x02",
                                              6)}) {
    std::vector<std::uint8_t> octets = octets_of({.name = ""});
    octets.erase(octets.begin() + 12);
    octets.insert(octets.begin() + 12, name.begin(), name.end());
    const auto reply = answer(octets, zones(), Transport::udp);
    EXPECT_EQ(taken_apart(*reply).rcode, number(Rcode::format_error)) << to_hex(octets);
  }
}

TEST(NameAnswerTest, an_answer_and_a_scrap_are_not_answered) {
  EXPECT_FALSE(answer(octets_of({.flags = dns::kResponse}), zones(), Transport::udp));
  const auto whole = octets_of({});
  for (std::size_t size = 0; size < dns::kHeaderSize; ++size)
    EXPECT_FALSE(answer(Bytes(whole).first(size), zones(), Transport::udp)) << size;
}

TEST(NameAnswerTest, edns_is_answered_in_kind) {
  EXPECT_FALSE(ask({}).payload);
  const Answered answered = ask({.payload = 4096, .edns_rest = 0x8000});
  EXPECT_EQ(answered.payload, dns::kUdpPayload);
  EXPECT_TRUE(answered.dnssec_ok) << "RFC 3225 3";
  EXPECT_EQ(answered.addresses.size(), 2u);
  EXPECT_FALSE(ask({.payload = 4096}).dnssec_ok);
}

TEST(NameAnswerTest, another_version_of_edns_is_told_ours) {
  const Answered answered = ask({.payload = 4096, .edns_rest = 0x00010000});
  EXPECT_EQ(answered.rcode, number(Rcode::bad_version));
  EXPECT_TRUE(answered.payload.has_value());
  EXPECT_EQ(answered.answers, 0);
}

TEST(NameAnswerTest, over_udp_it_is_at_most_three_times_the_question) {
  const Asked many{.name = "many.example", .payload = 4096};
  const Answered answered = ask(many);
  EXPECT_TRUE(answered.has(dns::kTruncated));
  EXPECT_TRUE(answered.addresses.empty());
  EXPECT_LE(answered.size, octets_of(many).size());
  const Answered whole = ask(many, Transport::tcp);
  EXPECT_FALSE(whole.has(dns::kTruncated));
  EXPECT_EQ(whole.addresses.size(), 40u);
}

/// Whatever is asked, and whoever is named as its sender, nobody gains by having us repeat it.
void expect_bounded(const std::vector<std::uint8_t>& question) {
  const auto reply = answer(question, zones(), Transport::udp);
  if (!reply) return;
  EXPECT_LE(reply->size(), kMostAmplification * question.size()) << to_hex(question);
  EXPECT_LE(reply->size(), dns::kUdpPayload);
  taken_apart(*reply);
  taken_apart(*answer(question, zones(), Transport::tcp));
}

TEST(NameAnswerTest, every_mutation_of_a_question_has_a_sound_answer_or_none) {
  for (const Asked& asked : {Asked{}, Asked{.name = "many.example", .payload = 4096},
                             Asked{.name = "a.six.example", .type = dns::kTypeAny, .payload = 600}}) {
    const support::Octets seed = octets_of(asked);
    support::for_each_cut(seed, expect_bounded);
    support::for_each_change(seed, expect_bounded);
  }
}

}  // namespace
}  // namespace gw::names
