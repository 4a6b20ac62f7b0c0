#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/address.h"
#include "model/mac_address.h"

namespace gw::bundle {

/// What has a pseudonym of its own (kinds.def).
enum class Kind : std::uint8_t {
#define GW_PSEUDONYM(name, word) name,
#include "bundle/kinds.def"
#undef GW_PSEUDONYM
};
inline constexpr std::size_t kKinds = 0
#define GW_PSEUDONYM(name, word) +1
#include "bundle/kinds.def"
#undef GW_PSEUDONYM
    ;

/// A pseudonym and what it stands for.
struct Meaning {
  std::string pseudonym{};
  std::string name{};

  friend bool operator==(const Meaning&, const Meaning&) = default;
};

/// The names of one support file and what stands in their places: the same for the same name from its first
/// mention to the last. Nothing can be found out of a pseudonym but by this table. One thread.
class Pseudonyms {
 public:
  /// Names beyond that, and those that are longer, share a pseudonym of their kind.
  static constexpr std::size_t kMost = 20'000, kLongest = 4096;
  /// Shorter ones are in so many words that they are looked for as whole names only.
  static constexpr std::size_t kShortestPhrase = 2;

  /// Its pseudonym, a new one if it has none yet.
  std::string of(Kind kind, std::string_view name);
  /// 198.18.0.0/15 (RFC 2544) and 2001:db8::/32 (RFC 3849) have them: addresses of one /24 or /64 stay
  /// together. That of no host, and of the host itself, stay what they are.
  std::string of(const model::IpAddress& address);
  std::string of(const model::MacAddress& address);
  /// That of whichever kind came first; nullptr: it is nobody's name.
  const std::string* find(std::string_view name) const;

  /// Names that are more than one plain word, the longest first: they are looked for anywhere in a text.
  const std::vector<Meaning>& phrases() const { return phrases_; }
  /// In the order in which they came.
  const std::vector<Meaning>& meanings() const { return meanings_; }

 private:
  std::string add(Kind kind, std::string_view name, std::string pseudonym);
  std::string next(const model::IpAddress& address);

  std::map<std::pair<Kind, std::string>, std::string> known_{};
  std::map<std::string, std::string, std::less<>> names_{};
  std::map<std::string, std::uint32_t> networks_{};
  std::map<std::uint32_t, std::uint32_t> hosts_{};  // given in each of networks_
  std::vector<Meaning> phrases_{}, meanings_{};
  std::uint32_t counts_[kKinds] = {};
};

}  // namespace gw::bundle
