#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace gw::net {

inline constexpr std::string_view kTableName = "sekisho";

enum class Lookup : std::uint8_t { exact, interval };
enum class Policy : std::uint8_t { accept, drop };

/// A named set and its elements, each in the form in which nft lists it with all numbers as numbers.
struct RuleElements {
  std::string name{};
  std::string type{};
  Lookup lookup = Lookup::exact;
  std::vector<std::string> elements{};
};

struct RuleChain {
  std::string name{};
  std::string hook{};
  int priority = 0;
  Policy policy = Policy::drop;
  std::vector<std::string> rules{};
};

/// What a namespace's one table of family inet holds: both address families under the same chains (ISO-08).
struct RuleSet {
  std::vector<RuleElements> sets{};
  std::vector<RuleChain> chains{};
};

/// One transaction for libnftables that puts this table in the place of the one before. Sent whole it is
/// never half in force, and loading it again changes nothing.
std::string to_text(const RuleSet& rules);

/// Does a listing of the whole rule set (numeric, without counters) show this table and no other: each chain
/// at its hook with its policy and as many rules, each set with exactly its elements? net.apply_failed names
/// the first difference. Rules are counted, not compared: their spelling changes with the version of nft.
Result<> check_listing(const RuleSet& wanted, std::string_view listing);

}  // namespace gw::net
