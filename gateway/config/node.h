#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "config/problems.h"

namespace gw::config {

/// A configuration as a tree of text, without meaning yet (or no more, on its way to YAML or JSON).
struct Node {
  enum class Kind : std::uint8_t {
    nothing,  ///< a key without a value
    broken,   ///< refused already; whoever meets it stays silent
    text,
    number,  ///< text whose JSON form has no quotes; never made by the reader
    flag,    ///< "on" or "off"; never made by the reader
    list,
    map,
  };
  struct Entry;

  Kind kind = Kind::nothing;
  Position at{};
  std::string text{};
  std::vector<Node> items;  // no initialiser: the types are not complete yet
  std::vector<Entry> entries;
};

struct Node::Entry {
  std::string key{};
  Position at{};
  Node value{};
};

inline constexpr std::size_t kMaxSource = 1024 * 1024;
inline constexpr std::size_t kMaxDepth = 16;

}  // namespace gw::config
