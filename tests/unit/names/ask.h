#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dns/protocol.h"
#include "dns/reader.h"
#include "names/answer.h"

namespace gw::names::tests {

/// A question as a resolver sends it, right or wrong as the test wants it.
struct Asked {
  std::string name = "emr.clinic.example";
  std::uint16_t type = dns::kTypeA;
  std::uint16_t question_class = dns::kInternet;
  std::uint16_t flags = dns::kRecursionDesired;
  std::uint16_t questions = 1, answers = 0, authority = 0, additional = 0;
  std::optional<std::uint16_t> payload{};  ///< with an OPT record
  std::uint32_t edns_rest = 0;             ///< extended code, version and flags of it
  std::string tail{};                      ///< octets after all that
};

inline void put(std::vector<std::uint8_t>& out, std::uint32_t value, int octets) {
  while (octets-- > 0) out.push_back(static_cast<std::uint8_t>(value >> (8 * octets)));
}
/// Keeps the letters' case, unlike dns::wire_name().
inline void put_name(std::vector<std::uint8_t>& out, std::string_view name) {
  while (!name.empty()) {
    const std::string_view label = name.substr(0, name.find('.'));
    out.push_back(static_cast<std::uint8_t>(label.size()));
    out.insert(out.end(), label.begin(), label.end());
    name.remove_prefix(std::min(name.size(), label.size() + 1));
  }
  out.push_back(0);
}
inline std::vector<std::uint8_t> octets_of(const Asked& asked) {
  std::vector<std::uint8_t> out;
  const auto additional = static_cast<std::uint32_t>(asked.additional + (asked.payload ? 1 : 0));
  for (const std::uint32_t number :
       {0x1234u, std::uint32_t{asked.flags}, std::uint32_t{asked.questions}, std::uint32_t{asked.answers},
        std::uint32_t{asked.authority}, additional})
    put(out, number, 2);
  put_name(out, asked.name);
  put(out, asked.type, 2);
  put(out, asked.question_class, 2);
  if (asked.payload) {
    put(out, 0, 1), put(out, dns::kTypeOpt, 2), put(out, *asked.payload, 2);
    put(out, asked.edns_rest, 4), put(out, 0, 2);
  }
  out.insert(out.end(), asked.tail.begin(), asked.tail.end());
  return out;
}

inline model::IpAddress address(const char* text) { return *model::IpAddress::parse(text); }

/// A name of both families, one of a single address, one with many, one that stands beneath nothing known.
inline model::NameTable::View sample_view() {
  model::NameTable::View view{{address("10.1.0.1")}, {}};
  view.entries = {{"deep.in.lab.example", {address("10.1.0.9")}},
                  {"emr.clinic.example", {address("10.1.0.1"), address("10.1.0.2"), address("fd00:1::1")}},
                  {"lab.example", {address("10.1.0.3")}},
                  {"many.example", {}},
                  {"six.example", {address("fd00:1::6")}}};
  for (int i = 1; i <= 40; ++i)
    view.entries[3].addresses.push_back(address(("10.1.1." + std::to_string(i)).c_str()));
  return view;
}

}  // namespace gw::names::tests
