#include "names/answer.h"

#include <algorithm>

#include "names/reply.h"
#include "names/request.h"

namespace gw::names {
namespace {

using dns::Rcode;
using Soa = Content::Soa;

Content only(Rcode rcode) {
  Content content;
  content.rcode = rcode;
  return content;
}

/// Questions that are about no data of ours.
std::optional<Rcode> refusal_of(const Question& question) {
  if (question.question_class != dns::kInternet) return Rcode::refused;
  switch (question.type) {
    case dns::kTypeOpt:
      return Rcode::format_error;  // RFC 6891 6.1.1: a property of a message, not of a name
    case dns::kTypeAxfr:
    case dns::kTypeIxfr:
      return Rcode::refused;  // RFC 5936 2.2.1
    case dns::kTypeAny:
      return std::nullopt;
    default:
      break;
  }
  const bool is_meta = question.type >= dns::kFirstMetaType && question.type < dns::kTypeAny;
  return is_meta ? std::optional(Rcode::not_implemented) : std::nullopt;
}

bool is_asked_for(const model::IpAddress& address, std::uint16_t type) {
  return type == (address.family() == model::Family::ipv4 ? dns::kTypeA : dns::kTypeAaaa);
}

/// RFC 8482 4.1: whoever asks for everything gets one set of it.
std::uint16_t type_looked_for(const Question& question, const std::vector<model::IpAddress>& addresses) {
  if (question.type != dns::kTypeAny) return question.type;
  const auto is_v4 = [](const model::IpAddress& a) { return a.family() == model::Family::ipv4; };
  return std::any_of(addresses.begin(), addresses.end(), is_v4) ? dns::kTypeA : dns::kTypeAaaa;
}

/// RFC 2308 2: with the zone's SOA, so that what is not there may be remembered.
void say_there_is_none(Content& content, Rcode rcode) {
  content.rcode = rcode;
  content.soa = Soa::in_authority;
}

Content content_of(const Question& question, const Zones& zones) {
  if (const auto refusal = refusal_of(question)) return only(*refusal);
  const Finding found = zones.find(question.name);
  if (found.kind == Finding::Kind::foreign) return only(Rcode::refused);
  Content content;
  content.authoritative = true;
  content.apex = found.apex;
  content.serial = zones.serial();
  if (found.kind == Finding::Kind::absent) return say_there_is_none(content, Rcode::name_error), content;
  if (found.kind == Finding::Kind::known && question.type == dns::kTypeSoa) {
    content.soa = Soa::in_answer;
    return content;
  }
  if (found.addresses != nullptr) {
    const std::uint16_t type = type_looked_for(question, *found.addresses);
    std::copy_if(found.addresses->begin(), found.addresses->end(), std::back_inserter(content.addresses),
                 [type](const model::IpAddress& address) { return is_asked_for(address, type); });
  }
  if (content.addresses.empty()) say_there_is_none(content, Rcode::no_error);
  return content;
}

Content content_of(const Request& request, const Zones& zones) {
  if (request.flaw != Rcode::no_error) return only(request.flaw);
  if (request.edns && request.edns->version != 0) return only(Rcode::bad_version);
  return content_of(*request.question, zones);
}

/// RFC 6891 6.2.3 and our own bounds.
std::size_t most_over_udp(const Request& request, std::size_t question_size) {
  const std::uint16_t payload =
      request.edns ? std::clamp(request.edns->payload, dns::kPlainUdpPayload, dns::kUdpPayload)
                   : dns::kPlainUdpPayload;
  return std::min<std::size_t>(payload, kMostAmplification * question_size);
}

}  // namespace

std::optional<std::vector<std::uint8_t>> answer(Bytes message, const Zones& zones, Transport transport) {
  const std::optional<Request> request = read_request(message);
  if (!request) return std::nullopt;
  const Content content = content_of(*request, zones);
  std::vector<std::uint8_t> reply = write_reply(*request, content);
  if (transport == Transport::tcp || reply.size() <= most_over_udp(*request, message.size())) return reply;
  return write_truncated(*request, content);
}

}  // namespace gw::names
