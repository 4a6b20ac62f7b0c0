#include "config/tree_builder.h"

#include <algorithm>
#include <utility>

namespace gw::config {

void TreeBuilder::leaf(Node node) {
  if (depth_ <= kMaxDepth) place(std::move(node));
}

void TreeBuilder::open(Node::Kind kind, Position at) {
  if (++depth_ > kMaxDepth) {
    if (!too_deep())
      problems_.add(at, ErrorCode::config_too_deep,
                    "more than 16 levels inside each other; no key needs that many");
    deepest_ = std::max(deepest_, depth_);
    return;
  }
  deepest_ = std::max(deepest_, depth_);
  open_.push_back({Node{kind, at, {}, {}, {}}, std::nullopt, {}});
}

void TreeBuilder::close() {
  if (depth_-- > kMaxDepth) return;
  Node node = std::move(open_.back().node);
  open_.pop_back();
  place(std::move(node));
}

void TreeBuilder::place(Node node) {
  if (open_.empty()) {
    root_ = std::move(node);
    return;
  }
  Frame& frame = open_.back();
  if (frame.node.kind == Node::Kind::map)
    place_in_map(frame, std::move(node));
  else
    frame.node.items.push_back(std::move(node));
}

void TreeBuilder::place_in_map(Frame& frame, Node node) {
  if (!frame.key) {
    if (node.kind != Node::Kind::text && node.kind != Node::Kind::broken)
      problems_.add(node.at, ErrorCode::config_syntax, "a key must be a word, followed by a colon");
    frame.key = std::move(node);
    return;
  }
  const Node key = *std::exchange(frame.key, std::nullopt);
  if (key.kind != Node::Kind::text) return;
  const auto [first, fresh] = frame.seen.emplace(key.text, key.at);
  if (fresh) {
    frame.node.entries.push_back({key.text, key.at, std::move(node)});
    return;
  }
  problems_.add(key.at, ErrorCode::config_key_repeated,
                in_quotes(key.text) + " stands in line " + std::to_string(first->second.line) +
                    " already; keep one of the two");
}

std::optional<Node> TreeBuilder::take() {
  if (too_deep()) return std::nullopt;
  return std::exchange(root_, std::nullopt);
}

}  // namespace gw::config
