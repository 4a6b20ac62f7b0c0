#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/node.h"

namespace gw::config {

/// The keys of one map of a file that has no schema of schema.def: hands out those that are asked for, then
/// says which are too much or missing. Borrows the node; keys and helps outlive it.
class MapReader {
 public:
  MapReader(const Node& map, Problems& problems) : map_(map), problems_(problems) {}

  /// nullptr if it is not there.
  const Node::Entry* optional(std::string_view key);
  /// Its absence is told by finish(), with what to write.
  const Node::Entry* required(std::string_view key, std::string help);
  /// An unknown key that looks like a missing one is one mistake, not two.
  void finish();

  /// The text of an entry; nothing, with a problem, if it has another form. Nothing of no entry.
  std::optional<std::string> text(const Node::Entry* entry);

 private:
  struct Missing {
    std::string_view key;
    std::string help;
  };
  void refuse_unknown(const Node::Entry& entry);

  const Node& map_;
  Problems& problems_;
  std::vector<std::string_view> known_{};
  std::vector<Missing> missing_{};
};

/// True if it is a group of keys; otherwise a problem that says what to write in the place of `name`. One
/// without a value stands nowhere: the problem goes to `otherwise`.
bool is_group(const Node& node, Position otherwise, std::string_view name, std::string_view instead,
              Problems& problems);

}  // namespace gw::config
