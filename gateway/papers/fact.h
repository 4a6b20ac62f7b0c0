#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "papers/kind.h"

// The rows of facts.def.

namespace gw::papers {

enum class FactId : std::uint8_t {
#define GW_GROUP(group, japanese, english)
#define GW_FACT(group, key, kind, multitude, control, japanese, english, question, asked) group##_##key,
#include "papers/facts.def"
#undef GW_GROUP
#undef GW_FACT
};

enum class Multitude : std::uint8_t { one, several };

struct Fact {
  FactId id{};
  std::string_view group{};
  std::string_view key{};
  Kind kind{};
  Multitude multitude{};
  std::string_view control{};  ///< the demand that the answer serves
  Wording label{};
  Wording question{};

  /// "backup.count"
  std::string name() const { return std::string(group) + "." + std::string(key); }
};

struct Group {
  std::string_view key{};
  Wording label{};
};

/// All of them, in the order of the table, which is the order of FactId.
std::span<const Fact> facts();
std::span<const Group> groups();
const Fact& fact(FactId id);
/// By its name; nullptr if there is none.
const Fact* find_fact(std::string_view name);

}  // namespace gw::papers
