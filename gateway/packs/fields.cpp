#include "packs/fields.h"

#include <set>

#include "config/value.h"
#include "config/versioned_file.h"

namespace gw::packs {

using config::in_quotes;
using config::Node;

void Fields::refuse(const Node::Entry& entry, const Error& error) {
  problems_.add(entry.value.at, error.code, in_quotes(entry.key) + ": " + error.detail);
}

void Fields::keep_words(const Node::Entry* entry, std::size_t most, std::string& into) {
  keep(
      entry, [most](std::string_view text) { return config::check_line(text, most); }, into);
}

const Node::Entry* Fields::group(std::string_view key, const char* help, std::string_view form) {
  const auto* entry = keys_.required(key, help);
  if (entry == nullptr || !config::is_group(entry->value, entry->at, key, form, problems_)) return nullptr;
  return entry;
}

void Fields::each(std::string_view key, std::size_t most, const std::function<void(const Node&)>& take,
                  const char* help) {
  const auto* entry = help == nullptr ? keys_.optional(key) : keys_.required(key, help);
  if (entry == nullptr || entry->value.kind == Node::Kind::broken) return;
  const std::size_t size = entry->value.items.size();
  if (entry->value.kind != Node::Kind::list || size == 0 || size > most)
    return problems_.add(
        entry->at, ErrorCode::config_value_type,
        in_quotes(key) + " must be a list of 1 to " + std::to_string(most) + "; without any leave it out");
  for (const Node& item : entry->value.items) take(item);
}

void Fields::each_text(std::string_view key, std::size_t most, const std::function<void(const Node&)>& take) {
  std::set<std::string_view> seen;
  each(key, most, [&](const Node& item) {
    if (item.kind != Node::Kind::text)
      problems_.add(item.at, ErrorCode::config_value_type, in_quotes(key) + " must be a list of words");
    else if (!seen.insert(item.text).second)
      problems_.add(item.at, ErrorCode::config_name_repeated, in_quotes(item.text) + " stands here twice");
    else
      take(item);
  });
}

void Fields::version(const Node& root) { config::read_version(keys_, root, problems_); }

}  // namespace gw::packs
