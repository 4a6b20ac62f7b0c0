#include "probe/names.h"

#include <string>

#include "dial/address_rules.h"

namespace gw::probe {
namespace {

using model::IpAddress;
using Outcome = model::ProofCase::Outcome;

/// Where no cloud lives, whatever the clinic's prefixes are.
constexpr const char* kNoCloud[] = {"127.0.0.1", "::1",       "0.0.0.0",         "::",     "169.254.169.254",
                                    "fe80::1",   "224.0.0.1", "255.255.255.255", "ff02::1"};

/// The same address as an IPv6 answer would carry it (RFC 6052 2.1).
IpAddress wrapped(const IpAddress& address) {
  IpAddress::Octets octets{0x00, 0x64, 0xff, 0x9b};
  std::copy_n(address.octets().begin(), 4, octets.begin() + 12);
  return {model::Family::ipv6, octets};
}

model::ProofCase follow(const IpAddress& address, const std::string& what, const model::DialTable& table) {
  const bool followed = dial::may_dial(address, dial::NamedBy::resolver, table.forbidden);
  return {"W8",
          {},
          {},
          "an answer that says " + address.to_text() + ", " + what,
          followed ? Outcome::broken : Outcome::held,
          followed ? "it would be dialled" : "it is not dialled"};
}

}  // namespace

std::vector<model::ProofCase> follow_names(const model::DialTable& table) {
  std::vector<model::ProofCase> out;
  for (const model::Prefix& prefix : table.forbidden) {
    out.push_back(follow(prefix.address, "of the clinic", table));
    if (prefix.address.family() == model::Family::ipv4)
      out.push_back(follow(wrapped(prefix.address), "of the clinic, wrapped", table));
  }
  for (const char* text : kNoCloud)
    out.push_back(follow(*IpAddress::parse(text), "where no cloud lives", table));
  return out;
}

}  // namespace gw::probe
