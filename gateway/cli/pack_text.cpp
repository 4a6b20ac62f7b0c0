#include "cli/pack_text.h"

#include <algorithm>

#include "base/text.h"
#include "cli/columns.h"
#include "cli/texts.h"
#include "packs/words.h"

namespace gw::cli {
namespace {

using packs::word_of;

constexpr std::size_t kWidth = 12;

std::string shown(const config::ShownWord& word, Language language) {
  return std::string(word.shown.in(language));
}

/// "T-: part of the passage was seen".
std::string grade_text(packs::Grade grade, Language language) {
  const config::ShownWord& word = word_of(packs::kGrades, grade);
  return std::string(word.value) + ": " + shown(word, language);
}

std::string line(Language language, Text name, std::string_view value) {
  return value.empty() ? "" : "  " + padded(said(language, name), kWidth) + plain(value) + "\n";
}

/// One line each, the name before the first.
std::string lines(Language language, Text name, const std::vector<std::string>& values) {
  std::string out;
  for (const std::string& value : values)
    out += "  " + padded(out.empty() ? said(language, name) : "", kWidth) + plain(value) + "\n";
  return out;
}

std::string controls_text(const packs::Row& row) {
  std::string out;
  for (const std::string& control : row.controls) out += (out.empty() ? "" : " ") + control;
  return out;
}

std::string row_text(const packs::Row& row, Language language) {
  std::vector<std::string> answers, blanks;
  for (const packs::FactId id : row.answers) {
    const packs::Fact& fact = packs::fact(id);
    answers.push_back(std::string(fact.name) + "  " + std::string(fact.label.in(language)));
  }
  for (const packs::Blank& blank : row.blanks)
    blanks.push_back(blank.name + " (" + shown(word_of(packs::kOwners, blank.owner), language) + ")");
  return said(language, Text::pack_row,
              {plain(row.id), plain(row.heading), word_of(packs::kGrades, row.grade).value}) +
         line(language, Text::pack_asks, row.asks) + line(language, Text::pack_controls, controls_text(row)) +
         lines(language, Text::pack_answers, answers) + lines(language, Text::pack_blanks, blanks);
}

std::string head_text(const packs::Pack& pack, const pki::Sha256& digest, Language language) {
  const std::string standing = shown(word_of(packs::kStandings, pack.standing), language) + " - " +
                               pack.standing_says + " [" +
                               std::string(word_of(packs::kGrades, pack.standing_grade).value) + "]";
  return said(language, Text::pack_head, {pack.id, std::to_string(pack.version)}) +
         line(language, Text::pack_document, pack.title + " " + pack.edition + " (" + pack.date + ")") +
         line(language, Text::pack_kind, shown(word_of(packs::kKinds, pack.kind), language)) +
         line(language, Text::pack_standing, standing) +
         line(language, Text::pack_known, grade_text(pack.grade, language)) +
         line(language, Text::pack_supersedes, pack.supersedes) + line(language, Text::pack_note, pack.note) +
         "  " + padded("SHA-256", kWidth) + to_hex(digest) + "\n";
}

}  // namespace

std::string pack_text(const packs::Pack& pack, const pki::Sha256& digest, Language language) {
  std::string out = head_text(pack, digest, language);
  for (const packs::Row& row : pack.rows) out += row_text(row, language);
  const auto answered =
      std::ranges::count_if(pack.rows, [](const auto& row) { return !row.answers.empty(); });
  const auto blank = std::ranges::count_if(pack.rows, [](const auto& row) { return !row.blanks.empty(); });
  return out + said(language, Text::pack_count,
                    {std::to_string(pack.rows.size()), std::to_string(answered), std::to_string(blank)});
}

}  // namespace gw::cli
