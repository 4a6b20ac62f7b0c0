#include "cli/pack_json.h"

#include "base/json.h"
#include "base/text.h"
#include "cli/wording_json.h"
#include "packs/words.h"

namespace gw::cli {
namespace {

using packs::word_of;

std::string answers_json(const packs::Row& row) {
  std::vector<std::string> items;
  for (const packs::FactId id : row.answers) {
    const packs::Fact& fact = packs::fact(id);
    items.push_back(JsonObject()
                        .text("fact", fact.name)
                        .text("control", fact.control)
                        .raw("label", wording_json(fact.label))
                        .take());
  }
  return json_list(items);
}

std::string blanks_json(const packs::Row& row) {
  std::vector<std::string> items;
  for (const packs::Blank& blank : row.blanks)
    items.push_back(JsonObject()
                        .text("name", blank.name)
                        .text("owner", word_of(packs::kOwners, blank.owner).value)
                        .take());
  return json_list(items);
}

std::string row_json(const packs::Row& row) {
  return JsonObject()
      .text("id", row.id)
      .text("heading", row.heading)
      .text("asks", row.asks)
      .text("grade", word_of(packs::kGrades, row.grade).value)
      .raw("controls", json_texts(row.controls))
      .raw("answers", answers_json(row))
      .raw("blanks", blanks_json(row))
      .take();
}

std::string standing_json(const packs::Pack& pack) {
  return JsonObject()
      .text("is", word_of(packs::kStandings, pack.standing).value)
      .text("says", pack.standing_says)
      .text("grade", word_of(packs::kGrades, pack.standing_grade).value)
      .take();
}

}  // namespace

std::string pack_json(const packs::Pack& pack, const pki::Sha256& digest) {
  std::vector<std::string> rows;
  for (const packs::Row& row : pack.rows) rows.push_back(row_json(row));
  JsonObject json;
  json.text("pack", pack.id)
      .number("version", pack.version)
      .text("sha256", to_hex(digest))
      .text("title", pack.title)
      .text("kind", word_of(packs::kKinds, pack.kind).value)
      .text("edition", pack.edition)
      .text("date", pack.date)
      .raw("standing", standing_json(pack))
      .text("grade", word_of(packs::kGrades, pack.grade).value);
  if (!pack.supersedes.empty()) json.text("supersedes", pack.supersedes);
  if (!pack.note.empty()) json.text("note", pack.note);
  return json.raw("rows", json_list(rows)).take();
}

}  // namespace gw::cli
