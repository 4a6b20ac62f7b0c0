#include "bundle/redactor.h"

#include <algorithm>

#include "base/text.h"
#include "bundle/closed_words.h"
#include "bundle/forms.h"

namespace gw::bundle {
namespace {

using api::JsonTree;

enum class Treatment : std::uint8_t { text, pseudonym, id, words, gone };

struct Member {
  std::string_view name{};
  Treatment treatment = Treatment::text;
  Kind kind{};
};
constexpr Member kMembers[] = {
#define GW_MEMBER_HOLDS(member, kind) {member, Treatment::pseudonym, Kind::kind},
#define GW_MEMBER_IS(member, treatment) {member, Treatment::treatment, {}},
#include "bundle/members.def"
#undef GW_MEMBER_HOLDS
#undef GW_MEMBER_IS
};

const Member& member_called(std::string_view name) {
  static constexpr Member kOther{};
  const auto* found = std::ranges::find(kMembers, name, &Member::name);
  return found == std::end(kMembers) ? kOther : *found;
}

constexpr std::string_view kBegin = "-----BEGIN ", kEnd = "-----END ", kRule = "-----";
/// What holds a word together; anything else is between words.
constexpr std::string_view kWithin = "._:@/%+-";
/// What holds the names in a word apart.
constexpr std::string_view kApart = ":@/%+";
constexpr std::string_view kBetweenPieces = "-_.";
constexpr std::size_t kMostPieces = 16;

bool is_of_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         kWithin.find(c) != std::string_view::npos;
}

/// Where a PEM block ends that begins at the front; the end of the text if it does not end.
std::size_t end_of_pem(std::string_view text) {
  const std::size_t end = text.find(kEnd);
  const std::size_t rule = end == std::string_view::npos ? end : text.find(kRule, end + kEnd.size());
  return rule == std::string_view::npos ? text.size() : rule + kRule.size();
}

/// Where the pieces of a name end between which it has hyphens, dots and the like.
std::vector<std::size_t> ends_of_pieces(std::string_view name) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < name.size(); ++i)
    if (kBetweenPieces.find(name[i]) != std::string_view::npos) out.push_back(i);
  out.push_back(name.size());
  return out;
}

/// Where the first of the phrases stands; the longest of those that stand there.
std::pair<std::size_t, const Meaning*> first_phrase(std::string_view text,
                                                    const std::vector<Meaning>& phrases) {
  std::pair<std::size_t, const Meaning*> out{std::string_view::npos, nullptr};
  for (const Meaning& one : phrases)
    if (const std::size_t at = text.find(one.name); at < out.first) out = {at, &one};
  return out;
}

}  // namespace

std::string Redactor::text(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto [at, found] = first_phrase(text, pseudonyms_.phrases());
    const Meaning phrase = found == nullptr ? Meaning() : *found;  // words() may add to them
    const std::size_t pem = text.find(kBegin);
    if (pem == std::string_view::npos && found == nullptr) return out.append(words(text));
    const std::size_t first = std::min(at, pem);
    out.append(words(text.substr(0, first)));
    text.remove_prefix(first);
    const bool is_pem = pem <= at;
    out.append(is_pem ? kGone : std::string_view(phrase.pseudonym));
    text.remove_prefix(is_pem ? end_of_pem(text) : phrase.name.size());
  }
  return out;
}

std::string Redactor::words(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto* const end = std::ranges::find_if_not(text, is_of_word);
    const auto size = static_cast<std::size_t>(end - text.begin());
    if (size > 0) out.append(token(text.substr(0, size)));
    const std::size_t used = std::min(size + 1, text.size());
    out.append(text.substr(size, used - size));
    text.remove_prefix(used);
  }
  return out;
}

/// With the marks that a sentence puts behind it.
std::string Redactor::token(std::string_view token) {
  if (const auto address = address_replaced(token, pseudonyms_)) return *address;
  const std::size_t size = token.find_last_not_of(".:-/") + 1;  // zero: only marks
  const std::string_view word = token.substr(0, size);
  return word.empty() ? std::string(token) : this->word(word).append(token.substr(size));
}

std::string Redactor::word(std::string_view word) {
  if (is_time(word)) return mode_ == Mode::strict ? to_minute(word) : std::string(word);
  if (is_closed_word(word)) return std::string(word);
  if (const auto address = address_replaced(word, pseudonyms_)) return *address;
  if (const auto mac = model::MacAddress::parse(word)) return pseudonyms_.of(*mac);
  return parts(word);
}

/// Of a word that is several names, such as a path or a mail address.
std::string Redactor::parts(std::string_view token) {
  if (const std::string* known = pseudonyms_.find(to_lower(token))) return *known;
  if (is_like_a_key(token)) return std::string(kGone);
  std::string out;
  while (!token.empty()) {
    const std::size_t end = std::min(token.find_first_of(kApart), token.size());
    if (end > 0) out.append(name(token.substr(0, end)));
    const std::size_t used = std::min(end + 1, token.size());
    out.append(token.substr(end, used - end));
    token.remove_prefix(used);
  }
  return out;
}

/// A known name may be a piece of it: "desk-1" of "proxyd_desk-1".
std::string Redactor::name(std::string_view name) {
  if (name.empty()) return {};
  if (const std::string* known = pseudonyms_.find(to_lower(name))) return *known;
  if (is_closed_word(name)) return std::string(name);
  if (const auto address = address_replaced(name, pseudonyms_)) return *address;
  if (is_file_name(name)) return pseudonyms_.of(Kind::file, name);
  if (is_dotted_host(name)) return pseudonyms_.of(Kind::host, to_lower(name));
  const auto ends = ends_of_pieces(name);
  if (ends.size() > kMostPieces) return std::string(kGone);
  for (std::size_t first = 0; first < ends.size(); ++first)
    for (std::size_t last = ends.size() - 1; last >= first && last < ends.size(); --last) {
      const std::size_t begin = first == 0 ? 0 : ends[first - 1] + 1;
      const std::string* known = pseudonyms_.find(to_lower(name.substr(begin, ends[last] - begin)));
      if (known == nullptr) continue;
      return std::string(name.substr(0, begin)) + *known + this->rest(name.substr(ends[last]));
    }
  return std::string(name);
}

/// Behind a name in a word: a mark, and perhaps more names.
std::string Redactor::rest(std::string_view rest) {
  return rest.empty() ? std::string() : std::string(1, rest.front()) + name(rest.substr(1));
}

std::string Redactor::value(std::string_view text, std::string_view member) {
  const Member& row = member_called(member);
  switch (row.treatment) {
    case Treatment::pseudonym:
      return pseudonyms_.of(row.kind, text);
    case Treatment::id:
      return is_like_an_id(text) && pseudonyms_.find(text) == nullptr ? std::string(text) : this->text(text);
    case Treatment::words:
      return mode_ == Mode::strict && !is_closed_word(text) && !text.empty() ? std::string(kGone)
                                                                             : this->text(text);
    case Treatment::gone:
      return std::string(kGone);
    case Treatment::text:
      break;
  }
  return is_closed_word(text) ? std::string(text) : this->text(text);
}

/// What is said of names, before anything is written down.
void Redactor::learn(const JsonTree& tree, std::string_view member) {
  const Member& row = member_called(member);
  if (tree.kind == JsonTree::Kind::text && row.treatment == Treatment::pseudonym)
    static_cast<void>(pseudonyms_.of(row.kind, tree.text));
  for (std::size_t i = 0; i < tree.items.size(); ++i)
    learn(tree.items[i], tree.kind == JsonTree::Kind::object ? std::string_view(tree.names[i]) : member);
}

void Redactor::put(std::string& out, const JsonTree& tree, std::string_view member) {
  using JsonKind = JsonTree::Kind;
  if (tree.kind == JsonKind::text) return append_json_string(out, value(tree.text, member));
  if (tree.kind == JsonKind::null) return void(out.append("null"));
  if (tree.items.empty() && tree.kind != JsonKind::list && tree.kind != JsonKind::object)
    return void(out.append(tree.text));
  const bool is_object = tree.kind == JsonKind::object;
  out.append(is_object ? "{" : "[");
  for (std::size_t i = 0; i < tree.items.size(); ++i) {
    if (i > 0) out.append(",");
    if (is_object) append_json_string(out, tree.names[i]);
    if (is_object) out.append(":");
    put(out, tree.items[i], is_object ? std::string_view(tree.names[i]) : member);
  }
  out.append(is_object ? "}" : "]");
}

std::string Redactor::json(const JsonTree& tree) {
  learn(tree, {});
  std::string out;
  put(out, tree, {});
  return out;
}

Result<std::string> Redactor::json(std::string_view document) {
  GW_TRY(const JsonTree tree, api::read_json(document));
  return json(tree);
}

}  // namespace gw::bundle
