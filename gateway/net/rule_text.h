#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gw::net {

inline constexpr std::string_view kTableName = "sekisho";

enum class Lookup : std::uint8_t {
  exact,
  interval,
  traffic,  ///< filled by packets, not by the plan: one element a source, up to kSources
};
enum class Policy : std::uint8_t { accept, drop };

/// A named set and its elements, each in the form in which nft lists it with all numbers as numbers.
struct RuleElements {
  std::string name{};
  std::string type{};
  Lookup lookup = Lookup::exact;
  std::vector<std::string> elements{};
  std::string timeout{};  ///< of Lookup::traffic, as nft lists it; none: for as long as the kernel needs it
};
inline constexpr std::size_t kSources = 16'384;

struct RuleChain {
  std::string name{};
  std::string hook{};  ///< none: other chains jump there
  int priority = 0;
  Policy policy = Policy::drop;
  std::vector<std::string> rules{};
};

/// What a namespace's one table of family inet holds: both address families under the same chains (ISO-08).
struct RuleSet {
  std::vector<RuleElements> sets{};
  std::vector<RuleChain> chains{};
};

/// One transaction for libnftables that puts this table in the place of everything before. Sent whole it is
/// never half in force, and loading it again changes nothing.
std::string to_text(const RuleSet& rules);

/// The lines that declare a set, and a chain at a hook, as they are written and as nft lists them.
std::vector<std::string> declaration_of(const RuleElements& set);
std::string declaration_of(const RuleChain& chain);

}  // namespace gw::net
