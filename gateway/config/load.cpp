#include "config/load.h"

#include <algorithm>
#include <map>
#include <utility>

namespace gw::config {
namespace {

class Loader {
 public:
  explicit Loader(Problems& problems) : problems_(problems) {}

  template <class Section>
  void section(const Node& node, Section& section);

  /// Reads `node` into `target`; `key` is what a message calls it, `at` where it goes when the value is
  /// absent.
  template <class T>
  void read(const Node& node, std::string_view key, Position at, Given<T>& target) {
    target.at = node.kind == Node::Kind::nothing ? at : node.at;
    target.state = readable(node, key, at) && fill(node, key, target.value) ? State::given : State::broken;
  }

  void refuse(Position at, ErrorCode code, std::string text) { problems_.add(at, code, std::move(text)); }
  bool full() const { return problems_.full(); }

 private:
  bool readable(const Node& node, std::string_view key, Position at) {
    if (node.kind == Node::Kind::nothing)
      refuse(at, ErrorCode::config_value_type,
             in_quotes(key) + " has no value; write one or take the key out");
    return node.kind != Node::Kind::nothing && node.kind != Node::Kind::broken;
  }

  bool is(const Node& node, Node::Kind kind, std::string_view key, const char* instead) {
    if (node.kind == kind) return true;
    refuse(node.at, ErrorCode::config_value_type, in_quotes(key) + " must be " + instead);
    return false;
  }

  template <IsValue T>
  bool fill(const Node& node, std::string_view key, T& value) {
    if (!is(node, Node::Kind::text, key, "one value, neither a list nor a group of keys")) return false;
    auto parsed = T::parse(node.text);
    if (parsed)
      value = *std::move(parsed);
    else
      refuse(node.at, parsed.error().code, in_quotes(key) + ": " + parsed.error().detail);
    return static_cast<bool>(parsed);
  }

  template <IsList T>
  bool fill(const Node& node, std::string_view key, T& list) {
    if constexpr (kMayBeOneItem<T>) {
      if (node.kind == Node::Kind::text || node.kind == Node::Kind::map) {
        read(node, key, node.at, list.items.emplace_back());
        return true;
      }
    }
    if (!is(node, Node::Kind::list, key, "a list: a line with `- ` for each item, or [a, b]")) return false;
    const std::size_t size = node.items.size();
    if (size < T::kLeast || size > T::kMost) {
      refuse(node.at, ErrorCode::config_value_range,
             in_quotes(key) + " has " + std::to_string(size) + " items; give " + std::to_string(T::kLeast) +
                 " to " + std::to_string(T::kMost));
      return false;
    }
    for (const Node& item : node.items) read(item, key, item.at, list.items.emplace_back());
    return true;
  }

  bool fill(const Node& node, std::string_view key, TerminalNames& names) {
    names.all = node.kind == Node::Kind::text && node.text == "all";
    if (names.all) return true;
    if (node.kind != Node::Kind::text) return fill(node, key, names.names);
    refuse(node.at, ErrorCode::config_value_type,
           in_quotes(key) + " must be `all` or a list of names, such as [ct-1]");
    return false;
  }

  template <class Section>
  bool fill(const Node& node, std::string_view key, Section& keys) {
    if constexpr (kHasShortForm<Section>) {
      if (node.kind == Node::Kind::text) return fill_short(node, key, keys);
    }
    if (!is(node, Node::Kind::map, key, "a group of keys, each on a line of its own")) return false;
    section(node, keys);
    return true;
  }

  template <class Section>
  bool fill_short(const Node& node, std::string_view name, Section& keys) {
    bool first = true;
    State state = State::absent;
    each_key(
        [&](std::string_view, auto& target, Presence, const char*) {
          if (!std::exchange(first, false)) return;
          read(node, name, node.at, target);
          state = target.state;
        },
        keys);
    return state == State::given;
  }

  Problems& problems_;
};

/// The keys of one section against the entries of one map.
class SectionReader {
 public:
  SectionReader(Loader& loader, const Node& node) : loader_(loader), node_(node) {}

  template <class T>
  void operator()(std::string_view key, T& target, Presence presence, const char* help) {
    known_.push_back(key);
    const auto entry = std::find_if(node_.entries.begin(), node_.entries.end(),
                                    [&](const Node::Entry& e) { return e.key == key; });
    if (entry != node_.entries.end()) return loader_.read(entry->value, key, entry->at, target);
    target.at = node_.at;
    if (presence == Presence::required) missing_.emplace(key, help);
  }

  /// An unknown key that looks like a missing one is one mistake, not two.
  void refuse_unknown() {
    for (const Node::Entry& entry : node_.entries) {
      if (loader_.full()) return;
      if (std::find(known_.begin(), known_.end(), entry.key) != known_.end()) continue;
      const std::string_view meant = nearest(entry.key, known_);
      missing_.erase(meant);
      loader_.refuse(
          entry.at, ErrorCode::config_key_unknown,
          in_quotes(entry.key) + " is no key here" +
              (meant.empty() ? "; known are " + listed(known_) : "; did you mean " + in_quotes(meant) + "?"));
    }
  }
  void refuse_missing() const {
    for (const std::string_view key : known_)
      if (const auto found = missing_.find(key); found != missing_.end())
        loader_.refuse(node_.at, ErrorCode::config_key_missing,
                       in_quotes(key) + " is missing: " + found->second);
  }

 private:
  Loader& loader_;
  const Node& node_;
  std::vector<std::string_view> known_;
  std::map<std::string_view, const char*> missing_;
};

template <class Section>
void Loader::section(const Node& node, Section& keys) {
  SectionReader reader(*this, node);
  each_key(reader, keys);
  reader.refuse_unknown();
  reader.refuse_missing();
}

/// The version comes first: a reader that does not know it cannot say anything about the rest.
bool check_version(const Node& root, Problems& problems) {
  const auto& entries = root.entries;
  const auto version =
      std::find_if(entries.begin(), entries.end(), [](const Node::Entry& e) { return e.key == "version"; });
  if (version == entries.end()) {
    problems.add(root.at, ErrorCode::config_version, "begin the file with `version: 1`");
    return true;
  }
  if (version->value.text != std::to_string(kVersion)) {
    problems.add(version->at, ErrorCode::config_version, "this box reads version 1; write `version: 1`");
    return false;
  }
  if (version != entries.begin())
    problems.add(version->at, ErrorCode::config_version,
                 "`version: 1` must be the first key; move it to the top");
  return true;
}

}  // namespace

std::optional<RootKeys> load(const Node& root, Problems& problems) {
  if (root.kind != Node::Kind::map) {
    problems.add(root.at, ErrorCode::config_value_type,
                 "the file must be a group of keys; begin it with `version: 1`");
    return std::nullopt;
  }
  if (!check_version(root, problems)) return std::nullopt;
  RootKeys keys;
  Loader(problems).section(root, keys);
  return keys;
}

}  // namespace gw::config
