#include "packs/reading.h"

#include <algorithm>
#include <set>

#include "config/value.h"
#include "config/versioned_file.h"
#include "packs/fields.h"
#include "packs/row_reader.h"

namespace gw::packs {
namespace {

using config::in_quotes;
using config::Node;

constexpr std::size_t kMostId = 32;
constexpr std::size_t kMostTitle = 120;
constexpr std::uint32_t kMostVersion = 9999;
constexpr std::string_view kUnknownDate = "unknown";
constexpr const char* kHead = "give id, version, title, kind, edition, date, standing and grade";
constexpr const char* kStanding =
    "write `{is: in_force|superseded|unknown, says: WHAT SAYS SO, grade: GRADE}`";
constexpr const char* kGrade = "say how well it is known: S, T, T-, 2, M or D";

Result<std::string> check_id(std::string_view text) {
  const auto is_plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  const auto fits = [&](char c) { return is_plain(c) || c == '-' || c == '.'; };
  if (text.empty() || text.size() > kMostId || !std::ranges::all_of(text, fits) || !is_plain(text.front()) ||
      !is_plain(text.back()))
    return Error{
        ErrorCode::config_value_format,
        in_quotes(text) + " is no id of a pack: use 1 to 32 of a-z, 0-9, and hyphens and dots inside"};
  return std::string(text);
}

Result<std::uint32_t> check_version(std::string_view text) {
  return config::check_number(text, 1, kMostVersion);
}

/// As exact as the document prints it: a year, a month or a day.
Result<std::string> check_date(std::string_view text) {
  constexpr std::string_view kFirst = "2000-01-01";
  const bool has_length = text.size() == 4 || text.size() == 7 || text.size() == 10;
  if (text == kUnknownDate) return std::string(text);
  if (has_length && config::Date::parse(std::string(text) + std::string(kFirst.substr(text.size()))))
    return std::string(text);
  return Error{ErrorCode::config_value_format,
               in_quotes(text) + " is no date: write `2023`, `2023-05`, `2023-05-31` or `unknown`"};
}

class PackReader {
 public:
  PackReader(const Node& root, config::Problems& problems)
      : root_(root), problems_(problems), fields_(root, problems) {}

  Pack read() {
    fields_.version(root_);
    if (const auto* head = fields_.group("pack", kHead, "a group of keys")) read_head(head->value);
    fields_.each(
        "rows", kMostRows, [this](const Node& item) { take_row(item); }, "give the document's items");
    fields_.finish();
    return std::move(pack_);
  }

 private:
  void read_head(const Node& node) {
    Fields keys(node, problems_);
    keys.value("id", "give it an id, such as `gl-6.0`", check_id, pack_.id);
    keys.value("version", "number the versions of the pack from 1", check_version, pack_.version);
    keys.words("title", "give the document's title", kMostTitle, pack_.title);
    keys.choice("kind", "say which kind: guideline, checklist, disclosure or controls", kKinds, pack_.kind);
    keys.words("edition", "give the document's edition as it prints it", kMostHeading, pack_.edition);
    keys.value("date", "give the edition's date, or `unknown`", check_date, pack_.date);
    if (const auto* entry = keys.group("standing", kStanding, kStanding)) read_standing(entry->value);
    keys.choice("grade", kGrade, kGrades, pack_.grade);
    keys.value_if_any("supersedes", check_id, pack_.supersedes);
    keys.words_if_any("note", kMostTitle, pack_.note);
    keys.finish();
    if (!pack_.id.empty() && pack_.supersedes == pack_.id)
      problems_.add(node.at, ErrorCode::config_value_format, "a pack does not supersede itself");
  }
  void read_standing(const Node& node) {
    Fields keys(node, problems_);
    keys.choice("is", kStanding, kStandings, pack_.standing);
    keys.words("says", "name what says so", kMostWords, pack_.standing_says);
    keys.choice("grade", kGrade, kGrades, pack_.standing_grade);
    keys.finish();
  }
  void take_row(const Node& item) {
    if (problems_.full()) return;
    auto row = read_row(item, problems_);
    if (!row) return;
    if (!ids_.insert(row->id).second)
      return problems_.add(item.at, ErrorCode::config_name_repeated, in_quotes(row->id) + " is here twice");
    pack_.rows.push_back(*std::move(row));
  }

  const Node& root_;
  config::Problems& problems_;
  Fields fields_;
  Pack pack_{};
  std::set<std::string> ids_{};
};

}  // namespace

Reading read_pack(std::string_view text) {
  config::Problems problems;
  std::optional<Pack> pack;
  if (const auto root = config::read_keys(text, kMostPack, "pack", problems))
    pack = PackReader(*root, problems).read();
  const std::size_t errors = problems.errors();
  if (errors > 0) pack.reset();
  return {std::move(pack), problems.take(), errors};
}

}  // namespace gw::packs
