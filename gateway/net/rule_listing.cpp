#include "net/rule_listing.h"

#include <algorithm>
#include <iterator>
#include <optional>

namespace gw::net {
namespace {

/// The next line; false at the end.
bool take_line(std::string_view& rest, std::string_view& line) {
  if (rest.empty()) return false;
  const std::size_t end = std::min(rest.find('\n'), rest.size());
  line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return true;
}

std::string_view without_indentation(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  return line;
}

/// What stands between `before` and `after`; nothing if the text has not this shape.
std::optional<std::string_view> between(std::string_view text, std::string_view before,
                                        std::string_view after) {
  if (text.size() < before.size() + after.size() || !text.starts_with(before) || !text.ends_with(after))
    return std::nullopt;
  return text.substr(before.size(), text.size() - before.size() - after.size());
}

/// A set or a chain: its lines, and the elements of a set.
struct Block {
  std::string name;
  std::vector<std::string> lines{};
  std::vector<std::string> elements{};
};

/// What a listing shows.
struct Found {
  std::size_t tables = 0;                ///< ours
  std::vector<std::string> strangers{};  ///< other tables: "table ip nat"
  std::vector<Block> sets{};
  std::vector<Block> chains{};
};

/// Reads what nft prints: one item a line, blocks in braces, long element lists over several lines. The same
/// table may come more than once.
class ListingReader {
 public:
  explicit ListingReader(std::string_view listing) : rest_(listing) {}

  /// Nothing if it is cut, or anything unknown is in our table.
  std::optional<Found> read() {
    std::string_view line;
    const std::string ours = "inet " + std::string(kTableName);
    while (take_line(rest_, line)) {
      if (line.empty()) continue;
      const auto table = between(line, "table ", " {");
      if (!table) return std::nullopt;
      if (!(*table == ours ? read_table() : skip_table(*table))) return std::nullopt;
    }
    return std::move(found_);
  }

 private:
  bool read_table() {
    std::string_view line;
    ++found_.tables;
    while (take_line(rest_, line) && line != "}")
      if (!line.empty() && !read_block(without_indentation(line))) return false;
    return line == "}";
  }

  bool skip_table(std::string_view name) {
    found_.strangers.push_back("table " + std::string(name));
    std::string_view line;
    while (take_line(rest_, line) && line != "}") {
    }
    return line == "}";
  }

  bool read_block(std::string_view head) {
    if (const auto name = between(head, "set ", " {")) return read_lines(*name, found_.sets);
    if (const auto name = between(head, "chain ", " {")) return read_lines(*name, found_.chains);
    return false;
  }

  bool read_lines(std::string_view name, std::vector<Block>& blocks) {
    Block block{std::string(name)};
    std::string_view line;
    while (take_line(rest_, line) && (line = without_indentation(line)) != "}") {
      if (const auto first = between(line, "elements = {", ""))
        read_elements(*first, block.elements);
      else
        block.lines.emplace_back(line);
    }
    blocks.push_back(std::move(block));
    return line == "}";
  }

  void read_elements(std::string_view line, std::vector<std::string>& elements) {
    bool last = false;
    do {
      last = line.ends_with("}");
      if (last) line.remove_suffix(1);
      split(without_indentation(line), elements);
    } while (!last && take_line(rest_, line));
  }

  static void split(std::string_view line, std::vector<std::string>& elements) {
    while (!line.empty()) {
      std::string_view element = line.substr(0, line.find(','));
      line.remove_prefix(std::min(element.size() + 1, line.size()));
      element = without_indentation(element);
      element = element.substr(0, element.find_last_not_of(' ') + 1);
      if (!element.empty()) elements.emplace_back(element);
    }
  }

  std::string_view rest_;
  Found found_;
};

template <class T>
const T* find_named(const std::vector<T>& values, const std::string& name) {
  const auto found = std::find_if(values.begin(), values.end(), [&](const T& v) { return v.name == name; });
  return found == values.end() ? nullptr : &*found;
}

std::vector<std::string> lacking(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  std::vector<std::string> out;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
  return out;
}

void compare_elements(const RuleElements& set, std::vector<std::string> there, Repairs& repairs) {
  std::vector<std::string> wanted = set.elements;
  std::sort(wanted.begin(), wanted.end());
  std::sort(there.begin(), there.end());
  for (const std::string& element : lacking(wanted, there))
    repairs.add("element missing: " + element + " in set " + set.name);
  for (const std::string& element : lacking(there, wanted))
    repairs.add("element not ours: " + element + " in set " + set.name);
}

void compare_sets(const RuleSet& wanted, const Found& skeleton, const Found& contents, Repairs& repairs) {
  for (const RuleElements& set : wanted.sets) {
    const Block* there = find_named(skeleton.sets, set.name);
    if (there == nullptr) {
      repairs.add("set missing: " + set.name);
      continue;
    }
    if (there->lines != declaration_of(set)) repairs.add("set of another shape: " + set.name);
    if (set.lookup == Lookup::traffic) continue;
    const Block* filled = find_named(contents.sets, set.name);
    compare_elements(set, filled == nullptr ? std::vector<std::string>() : filled->elements, repairs);
  }
  for (const Block& set : skeleton.sets)
    if (find_named(wanted.sets, set.name) == nullptr) repairs.add("set not ours: " + set.name);
}

void compare_chain(const RuleChain& wanted, const Block& there, Repairs& repairs) {
  const std::size_t heads = wanted.hook.empty() ? 0 : 1;
  if (heads == 1 && (there.lines.empty() || there.lines.front() != declaration_of(wanted)))
    return repairs.add("chain of another shape: " + wanted.name);
  const std::size_t rules = there.lines.size() - heads;
  if (rules != wanted.rules.size())
    repairs.add("rules in chain " + wanted.name + ": " + std::to_string(rules) + " instead of " +
                std::to_string(wanted.rules.size()));
}

void compare_chains(const RuleSet& wanted, const Found& found, Repairs& repairs) {
  for (const RuleChain& chain : wanted.chains) {
    const Block* there = find_named(found.chains, chain.name);
    if (there == nullptr)
      repairs.add("chain missing: " + chain.name);
    else
      compare_chain(chain, *there, repairs);
  }
  for (const Block& chain : found.chains)
    if (find_named(wanted.chains, chain.name) == nullptr) repairs.add("chain not ours: " + chain.name);
}

}  // namespace

void compare(const RuleSet& wanted, const RuleListing& listing, Repairs& repairs) {
  const auto skeleton = ListingReader(listing.skeleton).read(),
             contents = ListingReader(listing.contents).read();
  if (!skeleton || !contents) return repairs.add("rules that nobody here would load");
  for (const std::string& stranger : skeleton->strangers) repairs.add(stranger + " is not ours");
  if (skeleton->tables != 1) return repairs.add("table missing: inet " + std::string(kTableName));
  compare_sets(wanted, *skeleton, *contents, repairs);
  compare_chains(wanted, *skeleton, repairs);
}

void compare(std::string_view reference, std::string_view skeleton, Repairs& repairs) {
  std::string_view before, now;
  while (reference != skeleton) {
    const bool had = take_line(reference, before), has = take_line(skeleton, now);
    if (has && (!had || now != before))
      return repairs.add("rule changed: " + std::string(without_indentation(now)));
    if (had && !has) return repairs.add("rule missing: " + std::string(without_indentation(before)));
  }
}

}  // namespace gw::net
