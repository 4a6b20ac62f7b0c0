#include "config/diff.h"

#include <algorithm>
#include <map>
#include <string_view>

#include "config/keys_of.h"
#include "config/narrowing.h"
#include "config/tree.h"

namespace gw::config {
namespace {

/// What one item of a list is called.
struct Noun {
  std::string_view list;
  std::string_view item;
};
constexpr Noun kNouns[] = {{"lan", "LAN segment"},    {"devices", "device"},   {"tenants", "tenant"},
                           {"terminals", "terminal"}, {"services", "service"}, {"listeners", "listener"},
                           {"rules", "rule"},         {"hosts", "host"},       {"identities", "identity"}};

const Node* find(const Node& map, std::string_view key) {
  const auto found = std::find_if(map.entries.begin(), map.entries.end(),
                                  [&](const Node::Entry& e) { return e.key == key; });
  return found == map.entries.end() ? nullptr : &found->value;
}

/// A list that was written as its one item, as a list again.
Node as_list(const Node& node) {
  if (node.kind == Node::Kind::list) return node;
  return {Node::Kind::list, {}, {}, {node}, {}};
}

bool is_leaf(const Node& node) { return node.kind != Node::Kind::list && node.kind != Node::Kind::map; }
bool is_named(const Node& node) { return node.kind == Node::Kind::map && find(node, "name") != nullptr; }

bool same(const Node& a, const Node& b) {
  const auto same_entry = [](const Node::Entry& x, const Node::Entry& y) {
    return x.key == y.key && same(x.value, y.value);
  };
  return a.kind == b.kind && a.text == b.text && a.items.size() == b.items.size() &&
         std::equal(a.items.begin(), a.items.end(), b.items.begin(), same) &&
         std::equal(a.entries.begin(), a.entries.end(), b.entries.begin(), b.entries.end(), same_entry);
}

/// Where in the tree: the named things on the way, then the keys.
struct Place {
  std::string things{};
  std::string keys{};
  std::string noun{};  // of the last thing

  Place in(std::string_view key) const {
    return {things, keys.empty() ? std::string(key) : keys + " " + std::string(key), noun};
  }
  Place at(const std::string& what, const std::string& name) const {
    return {(things.empty() ? "" : things + ", ") + what + " " + name, {}, what};
  }
  std::string text() const { return things.empty() || keys.empty() ? things + keys : things + ": " + keys; }
};

class Differences {
 public:
  void maps(const Place& place, const Node& before, const Node& after) {
    for (const Node::Entry& entry : before.entries)
      if (find(after, entry.key) == nullptr) removed(place, entry.key, entry.value);
    for (const Node::Entry& entry : after.entries) {
      const Node* old = find(before, entry.key);
      if (old == nullptr)
        added(place, entry.key, entry.value);
      else if (!same(*old, entry.value))
        values(place, entry.key, *old, entry.value);
    }
  }
  void say_content(std::string line, bool widens) { lines_.push_back({std::move(line), widens}); }
  std::vector<Difference> take() { return std::move(lines_); }

 private:
  using What = Edit::What;

  /// `before` and `after`: of the edit's value, as far as it has them.
  void say(What what, const Place& place, const std::string& verb, std::string_view before = {},
           std::string_view after = {}) {
    lines_.push_back({place.text() + verb, !only_narrows({what, place.noun, place.keys, before, after})});
  }
  void values(const Place& place, std::string_view key, const Node& before, const Node& after) {
    const Place here = place.in(key);
    const bool one_is_list = before.kind == Node::Kind::list || after.kind == Node::Kind::list;
    if (one_is_list && before.kind != after.kind) return values(place, key, as_list(before), as_list(after));
    if (before.kind == Node::Kind::map && after.kind == Node::Kind::map) return maps(here, before, after);
    if (!one_is_list)
      return say(What::value, here, " changes from " + words(before) + " to " + words(after), words(before),
                 words(after));
    const auto& sample = before.items.empty() ? after.items : before.items;
    if (!sample.empty() && is_named(sample.front()))
      named_lists(place, key, before, after);
    else
      plain_lists(here, before, after);
  }

  /// A key that comes or goes with all that is in it; lists of named things go one by one.
  void added(const Place& place, std::string_view key, const Node& value) {
    const Node empty{Node::Kind::list, {}, {}, {}, {}};
    if (value.kind == Node::Kind::list)
      values(place, key, empty, value);
    else
      say(What::key_comes, place.in(key), " is new: " + words(value), {}, words(value));
  }
  void removed(const Place& place, std::string_view key, const Node& value) {
    const Node empty{Node::Kind::list, {}, {}, {}, {}};
    if (value.kind == Node::Kind::list)
      values(place, key, value, empty);
    else
      say(What::key_goes, place.in(key), " is removed (was " + words(value) + ")", words(value));
  }

  void named_lists(const Place& place, std::string_view key, const Node& before, const Node& after) {
    const auto index = [](const Node& list) {
      std::map<std::string_view, const Node*> by_name;
      for (const Node& item : list.items) by_name.emplace(find(item, "name")->text, &item);
      return by_name;
    };
    const auto old = index(before), fresh = index(after);
    const auto thing = [&](const Node& item) { return place.at(noun_of(key), find(item, "name")->text); };
    for (const Node& item : before.items)
      if (!fresh.contains(find(item, "name")->text)) say(What::thing_goes, thing(item), " is removed");
    for (const Node& item : after.items) {
      const auto found = old.find(find(item, "name")->text);
      if (found == old.end())
        say(What::thing_comes, thing(item), " is new");
      else
        maps(thing(item), *found->second, item);
    }
  }

  void plain_lists(const Place& place, const Node& before, const Node& after) {
    const std::size_t said = lines_.size();
    tell_missing(What::item_goes, place, before, after, " loses ");
    tell_missing(What::item_comes, place, after, before, " gains ");
    if (lines_.size() == said) say(What::order, place, " changes its order to " + words(after));
  }
  void tell_missing(What what, const Place& place, const Node& here, const Node& there, const char* verb) {
    std::vector<std::string> others;
    for (const Node& item : there.items) others.push_back(words(item));
    std::sort(others.begin(), others.end());
    for (const Node& item : here.items)
      if (const std::string said = words(item); !std::binary_search(others.begin(), others.end(), said))
        say(what, place, verb + said);
  }

  static std::string words(const Node& node) {
    if (is_leaf(node)) return node.text;
    std::string out;
    const auto add = [&](const std::string& word) { out.append(out.empty() ? "" : ", ").append(word); };
    for (const Node& item : node.items) add(words(item));
    for (const Node::Entry& entry : node.entries) add(entry.key + " " + words(entry.value));
    return out;
  }

  std::vector<Difference> lines_;
};

/// What the files hold, by their paths: these may stay while the content changes.
class Files {
 public:
  explicit Files(const model::Configuration& configuration) {
    for (const model::Tenant& tenant : configuration.tenants) {
      add(tenant.terminal_anchors, tenant.terminal_revocation);
      if (tenant.enrolment) add(tenant.enrolment->shown.credential);
      for (const model::Identity& identity : tenant.identities)
        if (identity.est)
          certificates_.emplace(identity.est->anchors_file, as_bytes(identity.est->anchors_pem));
      for (const model::Service& service : tenant.services) {
        add(service.upstream.anchors, service.upstream.revocation);
        add(service.downstream.credential);
        add(service.upstream.credential);
      }
    }
    if (configuration.backup)
      for (const model::Backup::Recipient& one : configuration.backup->recipients)
        certificates_.emplace(one.certificate_file, as_bytes(one.pem));
    if (configuration.noc) {
      add(configuration.noc->anchors, {});
      add(configuration.noc->credential);
      keys_.emplace(configuration.noc->orders.file, as_bytes(configuration.noc->orders.pem));
    }
    if (!configuration.management) return;
    add(configuration.management->anchors, {});
    add(configuration.management->credential);
  }
  void tell_changes(const Files& after, Differences& differences) const {
    tell(certificates_, after.certificates_, [&](const std::string& path) {
      differences.say_content("the certificates in " + path + " change", true);
    });
    tell(keys_, after.keys_, [&](const std::string& path) {
      differences.say_content("the key in " + path + " changes", true);
    });
    // A newer list comes every few days; who is on it is for its issuer to say.
    tell(lists_, after.lists_, [&](const std::string& path) {
      differences.say_content("the revocation list in " + path + " changes", false);
    });
  }

 private:
  using ByPath = std::map<std::string, Bytes>;

  void add(const std::vector<model::TrustAnchors>& anchors, const model::Revocation& revocation) {
    for (const model::TrustAnchors& each : anchors) certificates_.emplace(each.file, as_bytes(each.pem));
    for (const model::RevocationFile& list : revocation.lists) lists_.emplace(list.file, list.octets);
  }
  void add(const model::Credential& credential) {
    certificates_.emplace(credential.certificate_file, as_bytes(credential.chain_pem));
  }
  template <class Sentence>
  static void tell(const ByPath& before, const ByPath& after, Sentence about) {
    for (const auto& [path, content] : after) {
      const auto old = before.find(path);
      if (old != before.end() && !std::ranges::equal(old->second, content)) about(path);
    }
  }

  ByPath certificates_, lists_, keys_;
};

}  // namespace

std::string noun_of(std::string_view list) {
  for (const Noun& noun : kNouns)
    if (noun.list == list) return std::string(noun.item);
  return std::string(list);
}

std::vector<Difference> differences(const model::Configuration& before, const model::Configuration& after) {
  RootKeys old_keys = keys_of(before, TerminalStyle::each_by_name);
  RootKeys new_keys = keys_of(after, TerminalStyle::each_by_name);
  Differences differences;
  differences.maps({}, tree_of(old_keys), tree_of(new_keys));
  Files(before).tell_changes(Files(after), differences);
  return differences.take();
}

std::vector<std::string> diff(const model::Configuration& before, const model::Configuration& after) {
  std::vector<std::string> out;
  for (Difference& each : differences(before, after)) out.push_back(std::move(each.words));
  return out;
}

}  // namespace gw::config
