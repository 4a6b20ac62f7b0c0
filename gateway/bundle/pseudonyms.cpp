#include "bundle/pseudonyms.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "base/text.h"

namespace gw::bundle {
namespace {

using model::Family;
using model::IpAddress;

constexpr std::array<std::string_view, kKinds> kWords{
#define GW_PSEUDONYM(name, word) word,
#include "bundle/kinds.def"
#undef GW_PSEUDONYM
};

constexpr std::uint32_t kMostNetworks4 = 512, kMostHosts4 = 254;

/// One that a text has as a word of its own, if it has it at all.
bool is_one_word(std::string_view name) {
  return std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

/// In a table on the disk.
bool may_be_kept(std::string_view name) {
  return name.size() <= Pseudonyms::kLongest && name.find('\0') == std::string_view::npos;
}

std::string numbered(Kind kind, std::uint32_t number) {
  return std::string(kWords[static_cast<std::size_t>(kind)]) + "-" + std::to_string(number);
}

bool is_nobodys(const IpAddress& address) {
  const bool is_loopback4 = address.family() == Family::ipv4 && address.octets()[0] == 127;
  return is_loopback4 || address == IpAddress(address.family(), {}) || address == *IpAddress::parse("::1");
}

/// Its network, as octets.
std::string network_of(const IpAddress& address) {
  const auto& octets = address.octets();
  return {octets.begin(), octets.begin() + (address.family() == Family::ipv4 ? 3 : 8)};
}

}  // namespace

std::string Pseudonyms::of(Kind kind, std::string_view name) {
  if (name.empty()) return {};
  const auto found = known_.find({kind, std::string(name)});
  if (found != known_.end()) return found->second;
  if (known_.size() >= kMost || !may_be_kept(name)) return numbered(kind, 0);
  return add(kind, name, numbered(kind, ++counts_[static_cast<std::size_t>(kind)]));
}

std::string Pseudonyms::of(const IpAddress& address) {
  const std::string name = address.to_text();
  if (is_nobodys(address)) return name;
  const auto found = known_.find({Kind::address, name});
  if (found != known_.end()) return found->second;
  if (known_.size() >= kMost) return numbered(Kind::address, 0);
  return add(Kind::address, name, next(address));
}

/// The next one in the next network, or in the one that its network has.
std::string Pseudonyms::next(const IpAddress& address) {
  const auto known = static_cast<std::uint32_t>(networks_.size());
  const std::uint32_t network = networks_.try_emplace(network_of(address), known).first->second;
  const std::uint32_t host = ++hosts_[network];
  std::array<char, 48> text{};
  if (address.family() == Family::ipv6)
    std::snprintf(text.data(), text.size(), "2001:db8:%x::%x", network % 0x10000, host);
  else if (network < kMostNetworks4 && host <= kMostHosts4)
    std::snprintf(text.data(), text.size(), "198.%u.%u.%u", 18 + network / 256, network % 256, host);
  else
    return numbered(Kind::address, ++counts_[static_cast<std::size_t>(Kind::address)]);
  return text.data();
}

std::string Pseudonyms::of(const model::MacAddress& address) { return of(Kind::mac, address.to_text()); }

const std::string* Pseudonyms::find(std::string_view name) const {
  const auto found = names_.find(name);
  return found == names_.end() ? nullptr : &found->second;
}

std::string Pseudonyms::add(Kind kind, std::string_view name, std::string pseudonym) {
  known_[{kind, std::string(name)}] = pseudonym;
  names_.try_emplace(to_lower(name), pseudonym);
  meanings_.push_back({pseudonym, std::string(name)});
  const bool is_path = name.find('/') != std::string_view::npos;
  const bool has_form = kind == Kind::address || kind == Kind::mac || kind == Kind::host ||
                        (kind == Kind::file && !is_path);  // by which it is found
  if (has_form || is_one_word(name) || name.size() < kShortestPhrase) return pseudonym;
  const auto place = std::ranges::upper_bound(phrases_, name.size(), std::greater(),
                                              [](const Meaning& one) { return one.name.size(); });
  phrases_.insert(place, {pseudonym, std::string(name)});
  return pseudonym;
}

}  // namespace gw::bundle
