#include "ca/profile_text.h"

#include <algorithm>

#include "base/text.h"
#include "config/source.h"
#include "config/suggest.h"
#include "config/value.h"

namespace gw::ca {
namespace {

using config::in_quotes;
using config::Node;
using config::Problems;

constexpr std::chrono::hours kDay{24};
constexpr std::string_view kVersion = "1";

void refuse(Problems& problems, const Node& node, ErrorCode code, std::string text) {
  if (node.kind != Node::Kind::broken) problems.add(node.at, code, std::move(text));
}

/// The text of a value; nothing, with a problem, if it is none.
std::optional<std::string_view> text_of(const Node& node, std::string_view key, Problems& problems) {
  if (node.kind == Node::Kind::text) return node.text;
  refuse(problems, node, ErrorCode::config_value_type, in_quotes(key) + " must be one value");
  return std::nullopt;
}

template <class E, const auto& words>
bool take_word(const Node& node, std::string_view key, Problems& problems, E& target) {
  const auto text = text_of(node, key, problems);
  if (!text) return false;
  std::vector<std::string_view> known;
  for (const auto& word : words) {
    known.push_back(word.text);
    if (word.text == *text) target = word.value;
  }
  if (std::find(known.begin(), known.end(), *text) != known.end()) return true;
  refuse(problems, node, ErrorCode::config_value_choice,
         in_quotes(key) + ": " + in_quotes(*text) + " is not one of " + config::listed(known) +
             config::did_you_mean(*text, known));
  return false;
}

template <class E, const auto& words>
void take_words(const Node& node, std::string_view key, Problems& problems, std::vector<E>& target) {
  if (node.kind != Node::Kind::list)
    return refuse(problems, node, ErrorCode::config_value_type, in_quotes(key) + " must be a list, [a, b]");
  for (const Node& item : node.items) {
    E value{};
    if (!take_word<E, words>(item, key, problems, value)) continue;
    if (std::find(target.begin(), target.end(), value) != target.end())
      refuse(problems, item, ErrorCode::config_name_repeated,
             in_quotes(item.text) + " stands here twice; keep one");
    target.push_back(value);
  }
}

void take_path_length(const Node& node, Problems& problems, Profile& profile) {
  const auto text = text_of(node, "path_length", problems);
  const auto number = text ? parse_decimal(*text) : std::nullopt;
  if (number && *number <= kMostPathLength)
    profile.path_length = static_cast<int>(*number);
  else if (text)
    refuse(problems, node, ErrorCode::config_value_range, "`path_length` is a number from 0 to 3");
}

void take_longest(const Node& node, Problems& problems, Profile& profile) {
  const auto text = text_of(node, "longest", problems);
  if (!text) return;
  const auto span = config::check_span(*text, kDay, 25 * 366 * kDay, kDay);
  if (span)
    profile.longest = std::chrono::duration_cast<std::chrono::seconds>(*span);
  else
    refuse(problems, node, span.error().code, "`longest`: " + span.error().detail);
}

void take_territory(const Node& node, Problems& problems, Profile& profile) {
  static constexpr std::array kWords{Word<bool>{true, "required"}, Word<bool>{false, "none"}};
  take_word<bool, kWords>(node, "territory", problems, profile.has_territory);
}

void take_version(const Node& node, Problems& problems, Profile&) {
  if (node.text != kVersion)
    refuse(problems, node, ErrorCode::config_version, "profiles are read in version 1; write `version: 1`");
}

/// What may stand in a profile. `help` is said when a key that must be there is not.
struct Key {
  std::string_view key;
  enum class Presence : std::uint8_t { required, optional } presence;
  const char* help;
  void (*take)(const Node& node, Problems& problems, Profile& profile);
};
constexpr auto kRequired = Key::Presence::required, kOptional = Key::Presence::optional;
constexpr Key kKeys[] = {
    {"version", kRequired, "the form of the file, 1", take_version},
    {"role", kRequired, "what its certificates are for",
     [](const Node& n, Problems& p, Profile& to) { take_word<Role, kRoleWords>(n, "role", p, to.role); }},
    {"subject", kRequired, "the attributes of the subject",
     [](const Node& n, Problems& p, Profile& to) {
       take_words<Attribute, kAttributeWords>(n, "subject", p, to.subject);
     }},
    {"keys", kRequired, "the kinds of key that are certified",
     [](const Node& n, Problems& p, Profile& to) { take_words<KeyKind, kKeyWords>(n, "keys", p, to.keys); }},
    {"path_length", kOptional, "how many authorities may follow", take_path_length},
    {"usage", kRequired, "what the key may do",
     [](const Node& n, Problems& p, Profile& to) {
       take_words<Usage, kUsageWords>(n, "usage", p, to.usage);
     }},
    {"purposes", kRequired, "for which side it is made; [] for an authority",
     [](const Node& n, Problems& p, Profile& to) {
       take_words<Purpose, kPurposeWords>(n, "purposes", p, to.purposes);
     }},
    {"names", kRequired, "what its alternative names are",
     [](const Node& n, Problems& p, Profile& to) {
       take_word<NameForm, kNameFormWords>(n, "names", p, to.names);
     }},
    {"territory", kOptional, "whether an authority's names are constrained", take_territory},
    {"longest", kRequired, "the longest that it lives, such as `397 d`", take_longest},
};

void take_entry(const Node::Entry& entry, Problems& problems, Profile& profile) {
  std::vector<std::string_view> known;
  for (const Key& row : kKeys) {
    known.push_back(row.key);
    if (row.key == entry.key) return row.take(entry.value, problems, profile);
  }
  problems.add(entry.at, ErrorCode::config_key_unknown,
               in_quotes(entry.key) + " is no key of a profile" + config::did_you_mean(entry.key, known));
}

void refuse_missing(const Node& root, Problems& problems) {
  for (const Key& row : kKeys) {
    const auto is_it = [&](const Node::Entry& entry) { return entry.key == row.key; };
    if (row.presence == kRequired && std::none_of(root.entries.begin(), root.entries.end(), is_it))
      problems.add(root.at, ErrorCode::config_key_missing, in_quotes(row.key) + " is missing: " + row.help);
  }
}

}  // namespace

ReadProfile read_profile(std::string_view text) {
  Problems problems;
  Profile profile;
  const auto root = config::read_source(text, problems);
  if ((!root && problems.errors() == 0) || (root && root->kind != Node::Kind::map))
    problems.add(root ? root->at : config::Position{1, 1}, ErrorCode::config_value_type,
                 "a profile is a group of keys; begin it with `version: 1`");
  if (root && root->kind == Node::Kind::map) {
    for (const Node::Entry& entry : root->entries) take_entry(entry, problems, profile);
    refuse_missing(*root, problems);
    const auto sound = check_profile(profile);
    if (!sound && problems.errors() == 0) problems.add(root->at, sound.error().code, sound.error().detail);
  }
  const bool usable = root && problems.errors() == 0;
  return {usable ? std::optional(profile) : std::nullopt, problems.take()};
}

}  // namespace gw::ca
