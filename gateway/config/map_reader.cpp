#include "config/map_reader.h"

#include <algorithm>
#include <iterator>

#include "config/suggest.h"

namespace gw::config {
namespace {

/// What people write when they mean to name somebody.
constexpr std::string_view kPersons[] = {"person",  "persons", "full_name",      "first_name", "last_name",
                                         "surname", "氏名",    "contact_person", "担当者",     "担当者名"};

bool names_a_person(std::string_view key) { return std::ranges::find(kPersons, key) != std::end(kPersons); }

}  // namespace

const Node::Entry* MapReader::optional(std::string_view key) {
  known_.push_back(key);
  const auto found = std::ranges::find(map_.entries, key, &Node::Entry::key);
  return found == map_.entries.end() ? nullptr : &*found;
}

const Node::Entry* MapReader::required(std::string_view key, std::string help) {
  const Node::Entry* found = optional(key);
  if (found == nullptr) missing_.push_back({key, std::move(help)});
  return found;
}

void MapReader::refuse_unknown(const Node::Entry& entry) {
  const std::string_view meant = nearest(entry.key, known_);
  if (names_a_person(entry.key))
    return problems_.add(
        entry.at, ErrorCode::config_key_unknown,
        in_quotes(entry.key) + " names a person; such a file has roles and the company's contacts alone");
  std::erase_if(missing_, [&](const Missing& one) { return one.key == meant; });
  problems_.add(
      entry.at, ErrorCode::config_key_unknown,
      in_quotes(entry.key) + " is no key here" +
          (meant.empty() ? "; known are " + listed(known_) : "; did you mean " + in_quotes(meant) + "?"));
}

void MapReader::finish() {
  for (const Node::Entry& entry : map_.entries) {
    if (problems_.full()) return;  // a hostile file has many
    if (std::ranges::find(known_, entry.key) == known_.end()) refuse_unknown(entry);
  }
  for (const Missing& one : missing_)
    problems_.add(map_.at, ErrorCode::config_key_missing, in_quotes(one.key) + " is missing: " + one.help);
}

std::optional<std::string> MapReader::text(const Node::Entry* entry) {
  if (entry == nullptr || entry->value.kind == Node::Kind::broken) return std::nullopt;
  if (entry->value.kind == Node::Kind::text) return entry->value.text;
  const bool is_empty = entry->value.kind == Node::Kind::nothing;
  problems_.add(
      is_empty ? entry->at : entry->value.at, ErrorCode::config_value_type,
      in_quotes(entry->key) + (is_empty ? " has no value; write one or take the key out"
                                        : " must be one value, neither a list nor a group of keys"));
  return std::nullopt;
}

bool is_group(const Node& node, Position otherwise, std::string_view name, std::string_view instead,
              Problems& problems) {
  if (node.kind == Node::Kind::map) return true;
  if (node.kind != Node::Kind::broken)
    problems.add(node.kind == Node::Kind::nothing ? otherwise : node.at, ErrorCode::config_value_type,
                 in_quotes(name) + " must be " + std::string(instead));
  return false;
}

}  // namespace gw::config
