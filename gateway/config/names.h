#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "config/schema.h"

namespace gw::config {

/// The names of one kind of thing among its peers. A name's place in the list is the thing's id.
class Names {
 public:
  Names(Problems& problems, std::string_view kind) : problems_(problems), kind_(kind) {}

  /// Names of all things in a list of sections that have a `name`.
  template <class L>
  void add_all(const Given<L>& list) {
    if (list.state == State::broken) complete_ = false;
    for (const auto& item : list->items) add(item->name);
  }
  /// Refuses a name that is taken.
  void add(const Given<Name>& name);
  /// The place of what `reference` names; refuses what does not exist.
  std::optional<std::size_t> resolve(const Given<Name>& reference) const;
  std::size_t size() const { return size_; }

 private:
  struct Entry {
    std::size_t place;
    Position at;
  };

  Problems& problems_;
  std::string_view kind_;
  std::unordered_map<std::string, Entry> by_name_;
  std::size_t size_ = 0;
  bool complete_ = true;  ///< false: a refused name may be the one that is meant
};

/// The names that a tenant's listeners and rules refer to.
struct TenantNames {
  Names terminals;
  Names services;
};

/// Refuses an item that stands twice in a list; `what` as in "the service `emr`".
template <class T, class Key>
void refuse_repeated(Problems& problems, const std::vector<Given<T>>& items, Key key_of,
                     std::string_view what) {
  std::unordered_map<std::string, Position> seen;
  for (const auto& item : items) {
    if (!item) continue;
    const std::string key = key_of(*item);
    const auto [first, fresh] = seen.emplace(key, item.at);
    if (!fresh)
      problems.add(item.at, ErrorCode::config_name_repeated,
                   std::string(what) + " " + in_quotes(key) + " stands here twice; keep one");
  }
}

}  // namespace gw::config
