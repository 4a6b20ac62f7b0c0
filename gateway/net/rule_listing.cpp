#include <algorithm>
#include <iterator>
#include <optional>

#include "net/rule_text.h"

namespace gw::net {
namespace {

/// The next line without its indentation; false at the end.
bool take_line(std::string_view& rest, std::string_view& line) {
  if (rest.empty()) return false;
  const std::size_t end = std::min(rest.find('\n'), rest.size());
  line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  return true;
}

/// What stands between `before` and `after`; nothing if the text has not this shape.
std::optional<std::string_view> between(std::string_view text, std::string_view before,
                                        std::string_view after) {
  if (text.size() < before.size() + after.size() || !text.starts_with(before) || !text.ends_with(after))
    return std::nullopt;
  return text.substr(before.size(), text.size() - before.size() - after.size());
}

/// What a listing shows.
struct Found {
  struct Chain {
    std::string name;
    std::string declaration;  ///< "type filter hook input priority 0; policy drop;"
    std::size_t rules;
  };
  std::vector<RuleElements> sets{};
  std::vector<Chain> chains{};
};

/// Reads what `nft list ruleset` prints: one item a line, blocks in braces, long element lists over several
/// lines.
class ListingReader {
 public:
  explicit ListingReader(std::string_view listing) : rest_(listing) {}

  /// Nothing if a second table or anything unknown is in it.
  std::optional<Found> read() {
    std::string_view line;
    const std::string table = "table inet " + std::string(kTableName) + " {";
    if (!take_line(rest_, line) || line != table) return std::nullopt;
    while (take_line(rest_, line) && line != "}")
      if (!line.empty() && !read_block(line)) return std::nullopt;
    return rest_.empty() && line == "}" ? std::optional(std::move(found_)) : std::nullopt;
  }

 private:
  bool read_block(std::string_view head) {
    if (const auto name = between(head, "set ", " {")) return read_set(*name);
    if (const auto name = between(head, "chain ", " {")) return read_chain(*name);
    return false;
  }

  bool read_set(std::string_view name) {
    RuleElements set{std::string(name), {}, Lookup::exact, {}};
    std::string_view line;
    while (take_line(rest_, line) && line != "}") {
      if (const auto type = between(line, "type ", ""))
        set.type = *type;
      else if (line == "flags interval")
        set.lookup = Lookup::interval;
      else if (const auto first = between(line, "elements = {", ""))
        read_elements(*first, set.elements);
      else
        return false;
    }
    found_.sets.push_back(std::move(set));
    return line == "}";
  }

  void read_elements(std::string_view line, std::vector<std::string>& elements) {
    bool last = false;
    do {
      last = line.ends_with("}");
      if (last) line.remove_suffix(1);
      split(line, elements);
    } while (!last && take_line(rest_, line));
  }

  static void split(std::string_view line, std::vector<std::string>& elements) {
    while (!line.empty()) {
      std::string_view element = line.substr(0, line.find(','));
      line.remove_prefix(std::min(element.size() + 1, line.size()));
      element.remove_prefix(std::min(element.find_first_not_of(' '), element.size()));
      element = element.substr(0, element.find_last_not_of(' ') + 1);
      if (!element.empty()) elements.emplace_back(element);
    }
  }

  bool read_chain(std::string_view name) {
    std::string_view line;
    if (!take_line(rest_, line)) return false;
    Found::Chain chain{std::string(name), std::string(line), 0};
    while (take_line(rest_, line) && line != "}") ++chain.rules;
    found_.chains.push_back(std::move(chain));
    return line == "}";
  }

  std::string_view rest_;
  Found found_;
};

std::string declaration_of(const RuleChain& chain) {
  return "type filter hook " + chain.hook + " priority " + std::to_string(chain.priority) + "; policy " +
         (chain.policy == Policy::drop ? "drop;" : "accept;");
}

Error differs(const std::string& what) {
  return {ErrorCode::net_apply_failed, "read back differently: " + what};
}

template <class T>
const T* find_named(const std::vector<T>& values, const std::string& name) {
  const auto found = std::find_if(values.begin(), values.end(), [&](const T& v) { return v.name == name; });
  return found == values.end() ? nullptr : &*found;
}

/// The first element that only one of the two has; nothing if they are the same.
std::optional<std::string> first_difference(std::vector<std::string> a, std::vector<std::string> b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  std::vector<std::string> only;
  std::set_symmetric_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(only));
  return only.empty() ? std::nullopt : std::optional(only.front());
}

Result<> compare_sets(const RuleSet& wanted, const Found& found) {
  for (const RuleElements& set : wanted.sets) {
    const RuleElements* there = find_named(found.sets, set.name);
    if (there == nullptr || there->type != set.type || there->lookup != set.lookup)
      return differs("set " + set.name);
    if (const auto element = first_difference(set.elements, there->elements))
      return differs("set " + set.name + ", element " + *element);
  }
  if (found.sets.size() != wanted.sets.size()) return differs("sets");
  return Done{};
}

Result<> compare_chains(const RuleSet& wanted, const Found& found) {
  for (const RuleChain& chain : wanted.chains) {
    const Found::Chain* there = find_named(found.chains, chain.name);
    if (there == nullptr || there->declaration != declaration_of(chain) || there->rules != chain.rules.size())
      return differs("chain " + chain.name);
  }
  if (found.chains.size() != wanted.chains.size()) return differs("chains");
  return Done{};
}

}  // namespace

Result<> check_listing(const RuleSet& wanted, std::string_view listing) {
  const std::optional<Found> found = ListingReader(listing).read();
  if (!found) return differs("tables");
  GW_TRY(compare_sets(wanted, *found));
  return compare_chains(wanted, *found);
}

}  // namespace gw::net
