#include "papers/reading.h"

#include <algorithm>

#include "base/text.h"
#include "config/suggest.h"
#include "config/versioned_file.h"
#include "papers/consistency.h"
#include "papers/statement_reader.h"

namespace gw::papers {
namespace {

using config::in_quotes;
using config::MapReader;
using config::Node;

constexpr std::size_t kMostContradictions = 32;

std::string help_on(const Fact& fact) {
  return std::string(fact.question.english) + " Write `{is: VALUE, where: PLACE}` or `{is: unknown, ...}`";
}

class ProfileReader {
 public:
  explicit ProfileReader(config::Problems& problems) : problems_(problems) {
    profile_.statements.resize(facts().size());
  }

  Profile read(const Node& root) {
    MapReader keys(root, problems_);
    config::read_version(keys, root, problems_);
    read_name(keys);
    for (const Group& group : groups())
      if (const auto* entry = keys.required(group.key, help_on(group))) read_group(group, *entry);
    if (const auto* entry = keys.optional("contradictions")) read_contradictions(*entry);
    keys.finish();
    return std::move(profile_);
  }

 private:
  static std::string help_on(const Group& group) {
    return "the group of keys for: " + std::string(group.label.english);
  }

  void read_name(MapReader& keys) {
    const auto* entry = keys.required("profile", "give it a name, such as `emr-example`");
    const auto text = keys.text(entry);
    if (text && !is_name(*text))
      problems_.add(
          entry->value.at, ErrorCode::config_value_format,
          in_quotes(*text) + " is no name: use 1 to 63 of a-z, 0-9 and hyphens, the hyphens inside");
    profile_.name = text.value_or("");
  }

  void read_group(const Group& group, const Node::Entry& entry) {
    if (!is_group(entry.value, entry.at, group.key, "a group of keys, each on a line of its own", problems_))
      return;
    MapReader keys(entry.value, problems_);
    for (const Fact& fact : facts()) {
      if (fact.group != group.key) continue;
      if (const auto* found = keys.required(fact.key, papers::help_on(fact)))
        profile_.statements[static_cast<std::size_t>(fact.id)] = read_statements(fact, *found, problems_);
    }
    keys.finish();
  }

  void read_contradictions(const Node::Entry& entry) {
    const std::size_t size = entry.value.items.size();
    if (entry.value.kind != Node::Kind::list || size == 0 || size > kMostContradictions)
      return problems_.add(entry.at, ErrorCode::config_value_type,
                           "`contradictions` must be a list of 1 to " + std::to_string(kMostContradictions) +
                               "; without any leave the key out");
    for (const Node& item : entry.value.items)
      if (is_group(item, item.at, "contradictions", "groups of about, says and where", problems_))
        read_contradiction(item);
  }
  void read_contradiction(const Node& node) {
    MapReader keys(node, problems_);
    Contradiction out{.at = node.at};
    const auto* about = keys.required("about", "name the key that it leaves unknown, such as `backup.count`");
    const Fact* found = about_whom(about, keys);
    const bool has_words =
        read_words(keys, "says", "say in words of your own what the paper prints", out.says) &&
        read_words(keys, "where", "say where the paper prints it, such as `§9`", out.where);
    keys.finish();
    if (found == nullptr || !has_words) return;
    out.about = found->id;
    profile_.contradictions.push_back(std::move(out));
  }
  const Fact* about_whom(const Node::Entry* about, MapReader& keys) {
    const auto name = keys.text(about);
    if (!name) return nullptr;
    const Fact* found = find_fact(*name);
    if (found != nullptr) return found;
    std::vector<std::string> names;
    for (const Fact& one : facts()) names.push_back(one.name());
    problems_.add(about->value.at, ErrorCode::config_name_unresolved,
                  in_quotes(*name) + " is no key of a profile" +
                      config::did_you_mean(*name, {names.begin(), names.end()}));
    return nullptr;
  }
  bool read_words(MapReader& keys, std::string_view key, const char* help, std::string& into) {
    const auto* entry = keys.required(key, help);
    const auto text = keys.text(entry);
    if (!text) return false;
    auto checked = check_words(*text);
    if (!checked)
      problems_.add(entry->value.at, checked.error().code, in_quotes(key) + ": " + checked.error().detail);
    else
      into = *std::move(checked);
    return static_cast<bool>(checked);
  }

  config::Problems& problems_;
  Profile profile_{};
};

std::optional<Profile> read_text(std::string_view text, config::Problems& problems) {
  const auto root = config::read_keys(text, kMostProfile, "profile", problems);
  if (!root) return std::nullopt;
  Profile profile = ProfileReader(problems).read(*root);
  check_consistency(profile, problems);
  return profile;
}

}  // namespace

Reading read_profile(std::string_view text) {
  config::Problems problems;
  auto profile = read_text(text, problems);
  const std::size_t errors = problems.errors();
  if (errors > 0) profile.reset();
  return {std::move(profile), problems.take(), errors};
}

}  // namespace gw::papers
