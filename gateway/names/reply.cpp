#include "names/reply.h"

namespace gw::names {
namespace {

using dns::Rcode;

constexpr std::uint16_t kPointer = 0xc000;  // to an octet of the message (RFC 1035 4.1.4)

/// Octets of a message in the making, with the counts of its sections.
class Octets {
 public:
  void u8(std::uint8_t value) { octets_.push_back(value); }
  void u16(std::uint16_t value) {
    u8(static_cast<std::uint8_t>(value >> 8));
    u8(static_cast<std::uint8_t>(value));
  }
  void u32(std::uint32_t value) {
    u16(static_cast<std::uint16_t>(value >> 16));
    u16(static_cast<std::uint16_t>(value));
  }
  void bytes(Bytes value) { octets_.insert(octets_.end(), value.begin(), value.end()); }
  /// The head of a record whose owner begins at this octet of the question's name.
  void record(std::size_t owner, std::uint16_t type, std::uint16_t size) {
    u16(static_cast<std::uint16_t>(kPointer | (dns::kHeaderSize + owner)));
    u16(type);
    u16(dns::kInternet);
    u32(kTtl);
    u16(size);
  }
  std::vector<std::uint8_t> take() { return std::move(octets_); }

 private:
  std::vector<std::uint8_t> octets_;
};

void write_header(Octets& out, const Request& request, const Content& content, std::uint16_t truncated) {
  const auto rcode = static_cast<std::uint16_t>(content.rcode);
  std::uint16_t flags = dns::kResponse | truncated;
  flags |=
      request.flags & (dns::kOpcodeMask | dns::kRecursionDesired);  // RA stays clear: nothing is forwarded
  if (content.authoritative) flags |= dns::kAuthoritative;
  flags |= rcode & dns::kRcodeMask;
  const bool all = truncated == 0;
  const bool soa_first = content.soa == Content::Soa::in_answer;
  out.u16(request.id);
  out.u16(flags);
  out.u16(request.question ? 1 : 0);
  out.u16(static_cast<std::uint16_t>(all ? content.addresses.size() + (soa_first ? 1 : 0) : 0));
  out.u16(all && content.soa == Content::Soa::in_authority ? 1 : 0);
  out.u16(request.edns ? 1 : 0);
  if (request.question) out.bytes(request.question->octets);
}

/// RFC 1035 3.3.13, RFC 2308 5: says how long it may be remembered that there is nothing. The zone is its own
/// server, and has no mailbox.
void write_soa(Octets& out, const Content& content) {
  constexpr std::uint16_t kSize = 2 + 1 + 5 * 4;
  out.record(content.apex, dns::kTypeSoa, kSize);
  out.u16(static_cast<std::uint16_t>(kPointer | (dns::kHeaderSize + content.apex)));
  out.u8(0);
  out.u32(content.serial);
  for (int timer = 0; timer < 4; ++timer) out.u32(kTtl);  // refresh, retry, expire, minimum
}

void write_address(Octets& out, const model::IpAddress& address) {
  const bool four = address.family() == model::Family::ipv4;
  const std::uint16_t size = four ? 4 : 16;
  out.record(0, four ? dns::kTypeA : dns::kTypeAaaa, size);
  out.bytes(Bytes(address.octets()).first(size));
}

void write_edns(Octets& out, const Request& request, Rcode rcode) {
  if (!request.edns) return;
  const auto extended = static_cast<std::uint32_t>(rcode) >> 4 << 24;
  out.u8(0);
  out.u16(dns::kTypeOpt);
  out.u16(dns::kUdpPayload);
  out.u32(extended | (request.edns->dnssec_ok ? 0x8000u : 0u));  // version 0
  out.u16(0);
}

}  // namespace

std::vector<std::uint8_t> write_reply(const Request& request, const Content& content) {
  Octets out;
  write_header(out, request, content, 0);
  if (content.soa == Content::Soa::in_answer) write_soa(out, content);
  for (const model::IpAddress& address : content.addresses) write_address(out, address);
  if (content.soa == Content::Soa::in_authority) write_soa(out, content);
  write_edns(out, request, content.rcode);
  return out.take();
}

std::vector<std::uint8_t> write_truncated(const Request& request, const Content& content) {
  Octets out;
  write_header(out, request, content, dns::kTruncated);
  write_edns(out, request, content.rcode);
  return out.take();
}

}  // namespace gw::names
