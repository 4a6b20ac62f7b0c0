#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "config/node.h"

namespace gw::config {

/// Puts a tree together from the parser's events; refuses depth beyond kMaxDepth, keys given twice and keys
/// that are not text.
class TreeBuilder {
 public:
  explicit TreeBuilder(Problems& problems) : problems_(problems) {}

  void leaf(Node node);
  void open(Node::Kind kind, Position at);
  void close();

  bool too_deep() const { return deepest_ > kMaxDepth; }
  /// The whole document; nothing if there was none or it was too deep.
  std::optional<Node> take();

 private:
  struct Frame {
    Node node{};
    std::optional<Node> key{};  ///< of a map: its value comes next
    std::unordered_map<std::string, Position> seen{};
  };

  void place(Node node);
  void place_in_map(Frame& frame, Node node);

  Problems& problems_;
  std::vector<Frame> open_;
  std::size_t depth_ = 0;
  std::size_t deepest_ = 0;
  std::optional<Node> root_;
};

}  // namespace gw::config
