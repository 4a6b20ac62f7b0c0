#include "config/tree.h"

#include <utility>

namespace gw::config {
namespace {

template <IsValue T>
Node node_of(T& value) {
  return value.node();
}

template <IsList T>
Node node_of(T& list);
template <class Section>
Node node_of(Section& section);

Node node_of(TerminalNames& names) {
  if (names.all) return {Node::Kind::text, {}, "all", {}, {}};
  return node_of(names.names);
}

template <IsList T>
Node node_of(T& list) {
  Node node{Node::Kind::list, {}, {}, {}, {}};
  for (auto& item : list.items) node.items.push_back(node_of(item.value));
  const bool is_one =
      kMayBeOneItem<T> && node.items.size() == 1 && node.items.front().kind == Node::Kind::text;
  if (is_one) return std::move(node.items.front());
  return node;
}

template <class Section>
Node node_of(Section& section) {
  Node node{Node::Kind::map, {}, {}, {}, {}};
  each_key(
      [&](std::string_view key, auto& given, Presence, const char*) {
        if (given) node.entries.push_back({std::string(key), {}, node_of(given.value)});
      },
      section);
  if (kHasShortForm<Section> && node.entries.size() == 1) return std::move(node.entries.front().value);
  return node;
}

}  // namespace

Node tree_of(RootKeys& keys) { return node_of(keys); }

}  // namespace gw::config
