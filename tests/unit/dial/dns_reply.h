#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dial/dns_message.h"
#include "dns/reader.h"

namespace gw::dial::dns {

using gw::dns::MessageReader;
using gw::dns::wire_name;
using gw::dns::WireName;

/// Writes a server's reply octet by octet, right or wrong as the test wants it.
class Reply {
 public:
  enum Section : std::size_t { answers = 1, authority = 2, additional = 3 };
  static constexpr std::uint16_t kOk = 0x8180, kNoSuchName = 0x8183, kServerFailure = 0x8182,
                                 kTruncated = 0x8380;

  explicit Reply(const Question& question, std::uint16_t flags = kOk) {
    u16(question.id), u16(flags);
    u16(1), u16(0), u16(0), u16(0);
    text(wire_name(question.name));
    u16(static_cast<std::uint16_t>(question.type)), u16(1);
  }

  /// A record with its owner in wire form; "\xc0\x0c" points at the question's name.
  Reply& record(Section section, std::string_view owner, std::uint16_t type, std::uint32_t ttl,
                std::string_view data) {
    ++octets_[4 + 2 * section + 1];
    text(owner);
    u16(type), u16(1), u32(ttl), u16(static_cast<std::uint16_t>(data.size()));
    text(data);
    return *this;
  }
  Reply& address(std::string_view owner, std::string_view text_form, std::uint32_t ttl = 300) {
    const auto parsed = *model::IpAddress::parse(text_form);
    const bool four = parsed.family() == model::Family::ipv4;
    const auto data = as_text(parsed.octets()).substr(0, four ? 4 : 16);
    return record(answers, owner, four ? 1 : 28, ttl, data);
  }
  Reply& alias(std::string_view owner, std::string_view target, std::uint32_t ttl = 300) {
    return record(answers, owner, 5, ttl, target);
  }
  Reply& soa(std::uint32_t ttl, std::uint32_t minimum) {
    std::string data = wire_name("ns.example") + wire_name("admin.example") + std::string(16, '\0');
    for (const int shift : {24, 16, 8, 0}) data.push_back(static_cast<char>(minimum >> shift));
    return record(authority, wire_name("example"), 6, ttl, data);
  }

  std::vector<std::uint8_t>& octets() { return octets_; }

 private:
  void u16(std::uint16_t value) {
    octets_.push_back(static_cast<std::uint8_t>(value >> 8));
    octets_.push_back(static_cast<std::uint8_t>(value));
  }
  void u32(std::uint32_t value) {
    u16(static_cast<std::uint16_t>(value >> 16)), u16(static_cast<std::uint16_t>(value));
  }
  void text(std::string_view value) { octets_.insert(octets_.end(), value.begin(), value.end()); }

  std::vector<std::uint8_t> octets_;
};

inline constexpr std::string_view kAsked = "\xc0\x0c";  // a pointer to the question's name

}  // namespace gw::dial::dns
