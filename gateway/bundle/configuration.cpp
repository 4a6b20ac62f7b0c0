#include "bundle/configuration.h"

#include <algorithm>

#include "bundle/forms.h"
#include "config/source.h"
#include "config/tree.h"

namespace gw::bundle {
namespace {

using config::Node;

struct Row {
  std::string_view group, key;
  std::optional<Kind> kind;  // none: it stays
};
constexpr Row kRows[] = {
#define GW_KEY_HOLDS(group, key, kind) {group, key, Kind::kind},
#define GW_KEY_STAYS(group, key) {group, key, std::nullopt},
#include "bundle/keys.def"
#undef GW_KEY_HOLDS
#undef GW_KEY_STAYS
};

constexpr std::string_view kAll = "all";  // of terminals

/// A number with its unit, a day, a flag.
bool is_harmless(std::string_view text) {
  constexpr std::string_view kFlags[] = {"on", "off", "true", "false", "yes", "no"};
  if (std::ranges::find(kFlags, text) != std::end(kFlags)) return true;
  const std::size_t unit = text.find_first_not_of("0123456789-");
  if (unit == 0 || text.empty()) return text.empty();
  constexpr std::string_view kUnits[] = {" ms", " s", " min", " h", " d", " per s"};
  return unit == std::string_view::npos || std::ranges::find(kUnits, text.substr(unit)) != std::end(kUnits);
}

class Reader {
 public:
  Reader(Pseudonyms& pseudonyms, Mode mode) : pseudonyms_(pseudonyms), mode_(mode) {}

  /// `group`: the key of the list or map that holds the key's own.
  void redact(Node& node, std::string_view group, std::string_view key) {
    if (node.kind == Node::Kind::text) node.text = value(node.text, group, key);
    for (Node& item : node.items) redact(item, group, key);
    for (Node::Entry& entry : node.entries) redact(entry.value, key, entry.key);
  }

 private:
  std::string value(const std::string& text, std::string_view group, std::string_view key) {
    const auto* row = std::ranges::find_if(
        kRows, [&](const Row& one) { return one.key == key && (one.group.empty() || one.group == group); });
    const bool is_known = row != std::end(kRows);
    if (is_known && row->kind && text != kAll) return pseudonyms_.of(*row->kind, text);
    if (is_known || is_harmless(text)) return text;
    if (const auto address = address_replaced(text, pseudonyms_)) return *address;
    if (const auto mac = model::MacAddress::parse(text)) return pseudonyms_.of(*mac);
    if (is_time(text)) return mode_ == Mode::strict ? to_minute(text) : text;
    return pseudonyms_.of(Kind::word, text);
  }

  Pseudonyms& pseudonyms_;
  Mode mode_;
};

}  // namespace

Result<std::string> redact_configuration(std::string_view text, Pseudonyms& pseudonyms, Mode mode) {
  config::Problems problems;
  auto tree = config::read_source(text, problems);
  if (!tree) return Error{ErrorCode::config_syntax};
  Reader(pseudonyms, mode).redact(*tree, {}, {});
  return config::to_yaml(*tree);
}

}  // namespace gw::bundle
