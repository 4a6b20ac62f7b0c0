#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "packs/fact.h"

namespace gw::evidence {

/// What a finding comes to, the worst last. It is no judgement of law: whoever answers for the clinic draws
/// that from it.
enum class State : std::uint8_t {
  shown,      ///< the box has observed it, and it is as it has to be
  by_design,  ///< how the box is made, or what its configuration says; nothing was observed of it
  unknown,    ///< the box has not observed it
  attention,  ///< the box has observed it, and a person has to look at it: an exception, an end, a failure
};
inline constexpr std::size_t kStates = 4;
std::string_view to_string(State state);
State worse(State one, State other);

/// A sentence or a label in both languages, values put in. UTF-8; foreign text in it is escaped by whoever
/// prints it.
struct Words {
  std::string japanese{};
  std::string english{};

  const std::string& in(Language language) const {
    return language == Language::japanese ? japanese : english;
  }
};

/// Rows of as many cells as there are columns.
struct Table {
  std::vector<Words> columns{};
  std::vector<std::vector<std::string>> rows{};
  std::size_t left_out = 0;  ///< rows beyond kMostRows
};
inline constexpr std::size_t kMostRows = 1'000;

/// Where whoever doubts it looks: "configuration", "generation 12".
struct Source {
  Words what{};
  std::string which{};
};

/// What the box says of one fact about itself, when it was asked (packs/facts.def).
struct Finding {
  packs::FactId fact{};
  State state = State::unknown;
  std::vector<Words> says{};
  Table table{};
  std::vector<Source> sources{};
};

}  // namespace gw::evidence
