#include "papers/statement_reader.h"

#include <algorithm>

#include "config/map_reader.h"
#include "config/suggest.h"
#include "config/value.h"
#include "papers/choices.h"

namespace gw::papers {
namespace {

using config::in_quotes;
using config::MapReader;
using config::Node;

constexpr std::size_t kMostNote = 80;
constexpr std::string_view kForm =
    "`{is: VALUE, where: PLACE}` from the vendor's paper, or `{is: unknown, owner: WHO, asked: not yet}`";
constexpr const char* kWhere = "say where the paper says so, such as `§9`; a fact without a place is none";
constexpr const char* kOwner = "say who has to answer: vendor, customer, carrier or supplier";
constexpr const char* kAsked = "say when that was asked, such as `2026-12-01`, or `not yet`";
constexpr const char* kConfirmed =
    "say when the vendor confirmed it, or `no`: a paper's mention is no specification";
constexpr const char* kSuperseded = "say whether a later edition is in force: yes, no or unknown";
constexpr const char* kUntil = "give the last day that the paper prints, or `unknown`";
constexpr const char* kReason = "say why this mode is proposed";

class StatementReader {
 public:
  StatementReader(const Fact& fact, const Node& node, config::Problems& problems)
      : fact_(fact), keys_(node, problems), problems_(problems) {
    statement_.at = node.at;
  }

  std::optional<Statement> read() {
    const std::size_t before = problems_.errors();
    read_value();
    statement_.is_unknown() ? read_unknown() : read_known();
    // NET-07: one mode for a service, and a reason for it.
    read_words(fact_.kind == Kind::mode ? keys_.required("note", kReason) : keys_.optional("note"), kMostNote,
               statement_.note);
    keys_.finish();
    if (problems_.errors() != before) return std::nullopt;
    return std::move(statement_);
  }

 private:
  void read_value() {
    const auto* entry = keys_.required("is", "write " + std::string(kForm));
    const auto text = keys_.text(entry);
    if (!text) return;
    if (*text == kUnknown)
      statement_.standing = Statement::Standing::unknown;
    else
      keep(*entry, check_value(fact_.kind, *text), statement_.value);
  }
  void read_known() {
    read_words(keys_.required("where", kWhere), kMostCharacters, statement_.where);
    switch (extra_of(fact_.kind)) {
      case Extra::none:
        return;
      case Extra::confirmed:
        read_day(keys_.required("confirmed", kConfirmed), kNotConfirmed, statement_.confirmed);
        return read_day(keys_.optional("asked"), kNotAsked, statement_.asked);
      case Extra::until:
        return read_day(keys_.required("until", kUntil), kUnknown, statement_.until);
      case Extra::superseded:
        return read_superseded(keys_.required("superseded", kSuperseded));
    }
  }
  void read_unknown() {
    const auto* owner = keys_.required("owner", kOwner);
    if (const auto text = keys_.text(owner)) keep(*owner, parse_party(*text), statement_.owner);
    read_day(keys_.required("asked", kAsked), kNotAsked, statement_.asked);
    read_words(keys_.optional("where"), kMostCharacters, statement_.where);
  }

  void read_words(const Node::Entry* entry, std::size_t most, std::string& into) {
    if (const auto text = keys_.text(entry)) keep(*entry, check_words(*text, most), into);
  }
  void read_day(const Node::Entry* entry, std::string_view not_yet, std::optional<Day>& into) {
    if (const auto text = keys_.text(entry)) keep(*entry, parse_day(*text, not_yet), into);
  }
  void read_superseded(const Node::Entry* entry) {
    const auto text = keys_.text(entry);
    if (!text) return;
    const Choice* choice = config::find_word(kSuperseded_, *text);
    if (choice == nullptr) return refuse(*entry, config::no_word_of(kSuperseded_, *text));
    statement_.superseded = static_cast<Superseded>(choice - kSuperseded_.data());
  }
  template <class T>
  void keep(const Node::Entry& entry, Result<T> checked, T& into) {
    if (!checked) return refuse(entry, checked.error());
    into = *std::move(checked);
  }
  void refuse(const Node::Entry& entry, const Error& error) {
    problems_.add(entry.value.at, error.code, in_quotes(entry.key) + ": " + error.detail);
  }

  static constexpr std::span<const Choice> kSuperseded_{papers::kSuperseded};

  const Fact& fact_;
  MapReader keys_;
  config::Problems& problems_;
  Statement statement_{};
};

/// Several values of one key: each once, and one unknown at the most, which stands for all that is missing.
void read_list(const Fact& fact, const Node& list, config::Problems& problems, std::vector<Statement>& out) {
  for (const Node& item : list.items) {
    if (!is_group(item, item.at, fact.name(), kForm, problems)) continue;
    auto statement = StatementReader(fact, item, problems).read();
    if (!statement) continue;
    const auto same = [&](const Statement& other) {
      return other.standing == statement->standing && other.value == statement->value;
    };
    if (std::ranges::any_of(out, same))
      problems.add(item.at, ErrorCode::config_name_repeated,
                   in_quotes(statement->is_unknown() ? kUnknown : statement->value) + " stands here twice");
    else
      out.push_back(*std::move(statement));
  }
}

}  // namespace

std::vector<Statement> read_statements(const Fact& fact, const Node::Entry& entry,
                                       config::Problems& problems) {
  const Node& node = entry.value;
  std::vector<Statement> out;
  if (fact.multitude == Multitude::several && node.kind == Node::Kind::list) {
    if (!node.items.empty() && node.items.size() <= kMostStatements) {
      read_list(fact, node, problems, out);
      return out;
    }
    problems.add(node.at, ErrorCode::config_value_range,
                 in_quotes(fact.name()) + " has " + std::to_string(node.items.size()) +
                     " values; give 1 to " + std::to_string(kMostStatements) + ", or one that is unknown");
  } else if (is_group(node, entry.at, fact.name(), kForm, problems)) {
    if (auto statement = StatementReader(fact, node, problems).read()) out.push_back(*std::move(statement));
  }
  return out;
}

Result<Party> parse_party(std::string_view text) {
  const Choice* choice = config::find_word(kParties, text);
  if (choice == nullptr) return config::no_word_of(kParties, text);
  return static_cast<Party>(choice - kParties);
}

std::string_view to_string(Party party) { return kParties[static_cast<std::size_t>(party)].value; }

Result<std::optional<Day>> parse_day(std::string_view text, std::string_view not_yet) {
  if (text == not_yet) return std::optional<Day>{};
  const auto date = config::Date::parse(text);
  if (!date) return Error{date.error().code, date.error().detail + ", or " + in_quotes(not_yet)};
  // A date's value is the second behind it.
  return std::optional<Day>{
      std::chrono::floor<std::chrono::days>(std::chrono::sys_seconds{date->value - std::chrono::seconds{1}})};
}

}  // namespace gw::papers
