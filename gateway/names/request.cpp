#include "names/request.h"

namespace gw::names {
namespace {

using dns::MessageReader;
using dns::Rcode;

/// There is nothing in front of a question that its name could point to, and a pointer into the header would
/// be a name out of numbers.
dns::WireName uncompressed_name(MessageReader& in) {
  const std::size_t start = in.position();
  dns::WireName name = in.name();
  if (in.position() - start != name.size()) in.fail();
  return name;
}

Question read_question(MessageReader& in, Bytes message) {
  Question question;
  const std::size_t start = in.position();
  question.name = uncompressed_name(in);
  question.type = in.u16();
  question.question_class = in.u16();
  if (!in.faulty()) question.octets = message.subspan(start, in.position() - start);
  return question;
}

/// RFC 6891 6.1.2: owner root, the payload in the place of the class, version and flags in that of the TTL.
Edns read_edns(MessageReader& in) {
  if (uncompressed_name(in).size() != 1 || in.u16() != dns::kTypeOpt) in.fail();
  Edns edns;
  edns.payload = in.u16();
  const std::uint32_t rest = in.u32();
  edns.version = static_cast<std::uint8_t>(rest >> 16);
  edns.dnssec_ok = (rest & 0x8000) != 0;
  in.skip(in.u16());  // options: none that we know, so none that we heed
  return edns;
}

void read_body(MessageReader& in, Bytes message, Request& request) {
  const bool one_question = in.u16() == 1, no_answers = in.u16() == 0, no_authority = in.u16() == 0;
  const std::uint16_t additional = in.u16();
  if (!one_question || !no_answers || !no_authority || additional > 1) return in.fail();
  request.question = read_question(in, message);
  if (additional == 1) request.edns = read_edns(in);
  if (!in.at_end()) in.fail();
}

}  // namespace

std::optional<Request> read_request(Bytes message) {
  MessageReader in(message);
  Request request;
  request.id = in.u16();
  request.flags = in.u16();
  if (message.size() < dns::kHeaderSize || (request.flags & dns::kResponse) != 0) return std::nullopt;
  if ((request.flags & dns::kOpcodeMask) != 0) {
    request.flaw = Rcode::not_implemented;  // RFC 1035 4.1.1: status, notify, update
    return request;
  }
  read_body(in, message, request);
  if (!in.faulty()) return request;
  return Request{request.id, request.flags, {}, {}, Rcode::format_error};
}

}  // namespace gw::names
