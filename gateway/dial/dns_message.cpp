#include "dial/dns_message.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/codec.h"
#include "base/text.h"
#include "dns/protocol.h"
#include "dns/reader.h"

namespace gw::dial::dns {
namespace {

using namespace gw::dns;  // the wire's own words; what is declared here is what the dialer makes of them

constexpr std::uint16_t number(Rcode rcode) { return static_cast<std::uint16_t>(rcode); }

/// A resource record; only what this reader has a use for is kept (RFC 1035 4.1.3).
struct Record {
  WireName owner{};
  std::uint16_t type = 0;
  std::uint16_t record_class = 0;
  std::uint32_t ttl = 0;
  WireName alias{};            ///< of CNAME
  model::IpAddress address{};  ///< of A and AAAA
  std::uint32_t minimum = 0;   ///< of SOA
};

/// The parts of a message that matter, read and bounded but not yet judged.
struct Message {
  std::uint16_t flags = 0;
  std::uint16_t rcode = 0;  ///< with the extension of the OPT record
  std::vector<Record> answers{};
  std::vector<Record> authority{};
};

std::uint32_t read_soa_minimum(MessageReader& in) {
  in.name();  // MNAME
  in.name();  // RNAME
  for (int skipped = 0; skipped < 4; ++skipped) in.u32();
  return in.u32();
}

void read_data(MessageReader& in, Record& record, std::size_t size) {
  const std::size_t end = in.position() + size;
  const auto type = record.type;
  if (record.record_class != kInternet) return in.skip(size);
  if (type == static_cast<std::uint16_t>(Type::a))
    record.address = in.address(model::Family::ipv4);
  else if (type == static_cast<std::uint16_t>(Type::aaaa))
    record.address = in.address(model::Family::ipv6);
  else if (type == kTypeCname)
    record.alias = in.name();
  else if (type == kTypeSoa)
    record.minimum = read_soa_minimum(in);
  else
    in.skip(size);
  if (in.position() != end) in.fail();
}

Record read_record(MessageReader& in) {
  Record record;
  record.owner = in.name();
  record.type = in.u16();
  record.record_class = in.u16();
  record.ttl = in.u32();
  read_data(in, record, in.u16());
  // RFC 2181 8: a TTL with the highest bit set counts as zero. In an OPT record the field is no TTL.
  if (record.type != kTypeOpt && (record.ttl & 0x80000000u) != 0) record.ttl = 0;
  return record;
}

std::vector<Record> read_section(MessageReader& in, std::size_t count) {
  std::vector<Record> records;
  if (count > kMaxRecords) in.fail();
  for (std::size_t i = 0; i < count && !in.faulty(); ++i) records.push_back(read_record(in));
  return records;
}

void read_question(MessageReader& in, const Question& question) {
  if (in.name() != wire_name(question.name)) in.fail();
  if (in.u16() != static_cast<std::uint16_t>(question.type)) in.fail();
  if (in.u16() != kInternet) in.fail();
}

/// RFC 5452 9.1: id and question are compared before anything else is believed.
std::optional<Message> read_message(Bytes bytes, const Question& question) {
  MessageReader in(bytes);
  Message message;
  if (in.u16() != question.id) in.fail();
  message.flags = in.u16();
  message.rcode = message.flags & kRcodeMask;
  const bool one_question = in.u16() == 1;
  const std::size_t answers = in.u16(), authority = in.u16(), additional = in.u16();
  if ((message.flags & kResponse) == 0 || (message.flags & kOpcodeMask) != 0 || !one_question) in.fail();
  read_question(in, question);
  // A truncated message may end anywhere; only its head is used.
  if (in.faulty()) return std::nullopt;
  if ((message.flags & kTruncated) != 0) return message;
  message.answers = read_section(in, answers);
  message.authority = read_section(in, authority);
  for (const Record& record : read_section(in, additional))
    if (record.type == kTypeOpt)
      message.rcode |= static_cast<std::uint16_t>(record.ttl >> 24 << 4);  // RFC 6891 6.1.3
  return in.faulty() || !in.at_end() ? std::nullopt : std::optional(std::move(message));
}

const Record* find_alias(const std::vector<Record>& records, const WireName& owner) {
  const auto it = std::find_if(records.begin(), records.end(), [&](const Record& r) {
    return r.type == kTypeCname && r.record_class == kInternet && r.owner == owner;
  });
  return it == records.end() ? nullptr : &*it;
}

/// Follows the aliases from the question's name and gathers the addresses at their end; nothing if the
/// aliases go round or on for too long. Records that the question does not lead to are never looked at.
std::optional<Answer> follow(const Message& message, const Question& question) {
  WireName name = wire_name(question.name);
  std::uint32_t ttl = ~0u;
  std::size_t steps = 0;
  for (const Record* alias; (alias = find_alias(message.answers, name)) != nullptr; name = alias->alias) {
    if (++steps > kMaxAliases) return std::nullopt;
    ttl = std::min(ttl, alias->ttl);
  }
  Answer answer{Verdict::absent, {}, {}};
  for (const Record& record : message.answers) {
    if (record.type != static_cast<std::uint16_t>(question.type) || record.record_class != kInternet)
      continue;
    if (record.owner != name || answer.addresses.size() == kMaxAddresses) continue;
    answer.addresses.push_back(record.address);
    ttl = std::min(ttl, record.ttl);
  }
  if (!answer.addresses.empty()) {
    answer.verdict = Verdict::found;
    answer.ttl = std::chrono::seconds(ttl);
  }
  return answer;
}

/// RFC 2308 5: the smaller of the SOA's own TTL and its MINIMUM field.
std::chrono::seconds negative_ttl(const Message& message) {
  for (const Record& record : message.authority)
    if (record.type == kTypeSoa && record.record_class == kInternet)
      return std::chrono::seconds(std::min(record.ttl, record.minimum));
  return std::chrono::seconds(0);
}

}  // namespace

std::vector<std::uint8_t> write_query(const Question& question) {
  Writer out;
  std::array<std::uint16_t, 6> header{question.id, kRecursionDesired, 1, 0, 0, 1};
  for (std::uint16_t& number : header) out.field(number);
  std::array<std::uint16_t, 2> tail{static_cast<std::uint16_t>(question.type), kInternet};
  for (const char octet : wire_name(question.name)) {
    auto byte = static_cast<std::uint8_t>(octet);
    out.field(byte);
  }
  for (std::uint16_t& number : tail) out.field(number);
  // OPT: root name, type, payload size in place of the class, no extended rcode or flags, no options.
  std::uint8_t root = 0;
  out.field(root);
  std::array<std::uint16_t, 5> opt{kTypeOpt, kUdpPayload, 0, 0, 0};
  for (std::uint16_t& number : opt) out.field(number);
  return out.take();
}

Result<Answer> read_answer(Bytes bytes, const Question& question) {
  const std::optional<Message> message = read_message(bytes, question);
  if (!message) return Error{ErrorCode::dns_malformed, "not an answer to the question"};
  if ((message->flags & kTruncated) != 0) return Answer{Verdict::truncated, {}, {}};
  if (message->rcode != number(Rcode::no_error) && message->rcode != number(Rcode::name_error))
    return Answer{};
  std::optional<Answer> answer = follow(*message, question);
  if (!answer) return Error{ErrorCode::dns_malformed, "the aliases do not end"};
  // A name that does not exist has no addresses, whatever else the message holds.
  if (message->rcode == number(Rcode::name_error)) *answer = {Verdict::absent, {}, {}};
  if (answer->verdict == Verdict::absent) answer->ttl = negative_ttl(*message);
  return *std::move(answer);
}

}  // namespace gw::dial::dns
