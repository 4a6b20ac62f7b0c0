#include "base/json.h"
#include "base/jst.h"
#include "base/text.h"
#include "evidence/document.h"
#include "packs/words.h"

namespace gw::evidence {
namespace {

template <class T>
std::string list_of(const std::vector<T>& values, std::string (*json)(const T&)) {
  std::vector<std::string> out;
  for (const T& value : values) out.push_back(json(value));
  return json_list(out);
}

std::string json_of(const Words& words) {
  return JsonObject().text("ja", words.japanese).text("en", words.english).take();
}

std::string json_of(const Source& source) {
  return JsonObject().raw("what", json_of(source.what)).text("which", source.which).take();
}

std::string json_of(const Table& table) {
  return JsonObject()
      .raw("columns", list_of<Words>(table.columns, json_of))
      .raw("rows", list_of<std::vector<std::string>>(table.rows, json_texts))
      .number("left_out", table.left_out)
      .take();
}

std::string json_of(const Finding& finding) {
  const packs::Fact& fact = packs::fact(finding.fact);
  const Words label{std::string(fact.label.japanese), std::string(fact.label.english)};
  return JsonObject()
      .text("fact", fact.name)
      .text("control", fact.control)
      .raw("label", json_of(label))
      .text("state", to_string(finding.state))
      .raw("says", list_of<Words>(finding.says, json_of))
      .raw("table", json_of(finding.table))
      .raw("sources", list_of<Source>(finding.sources, json_of))
      .take();
}

std::string json_of(const Form& form) {
  return JsonObject()
      .text("form", form.id)
      .raw("title", json_of(form.title))
      .raw("says", list_of<Words>(form.says, json_of))
      .raw("table", json_of(form.table))
      .text("text", form.text)
      .raw("blanks", list_of<Words>(form.blanks, json_of))
      .raw("sources", list_of<Source>(form.sources, json_of))
      .take();
}

std::string json_of(const packs::Blank& blank) {
  return JsonObject()
      .text("name", blank.name)
      .text("owner", packs::word_of(packs::kOwners, blank.owner).value)
      .take();
}

std::string json_of(const Document& document, const packs::Row& row) {
  std::vector<std::string> answers;
  for (const packs::FactId answer : row.answers) answers.emplace_back(packs::fact(answer).name);
  return JsonObject()
      .text("id", row.id)
      .text("heading", row.heading)
      .text("asks", row.asks)
      .text("grade", packs::word_of(packs::kGrades, row.grade).value)
      .raw("controls", json_texts(row.controls))
      .text("state", to_string(state_of(document, row)))
      .number("to_fill", row.blanks.size())
      .raw("answers", json_texts(answers))
      .raw("blanks", list_of<packs::Blank>(row.blanks, json_of))
      .take();
}

std::string json_of(const Document& document, const Judged& judged) {
  const packs::Pack& pack = judged.pack;
  std::vector<std::string> rows;
  for (const packs::Row& row : pack.rows) rows.push_back(json_of(document, row));
  return JsonObject()
      .text("pack", pack.id)
      .number("version", pack.version)
      .text("title", pack.title)
      .text("edition", pack.edition)
      .text("date", pack.date)
      .text("standing", packs::word_of(packs::kStandings, pack.standing).value)
      .text("sha256", to_hex(judged.digest))
      .flag("signed", judged.is_signed)
      .text("signer", judged.is_signed ? to_hex(judged.signer) : std::string())
      .raw("rows", json_list(rows))
      .take();
}

}  // namespace

std::string to_json(const Document& document) {
  std::vector<std::string> papers;
  for (const Judged& judged : document.papers) papers.push_back(json_of(document, judged));
  const auto made = std::chrono::floor<std::chrono::seconds>(document.made.time_since_epoch());
  return JsonObject()
             .text("format", "sekisho.evidence/1")
             .number("number", document.number)
             .text("made", to_jst_text(made))
             .text("by", document.by)
             .text("site", document.site)
             .text("software", document.software)
             .number("generation", document.generation)
             .flag("clock_right", document.is_clock_right)
             .raw("findings", list_of<Finding>(document.findings, json_of))
             .raw("papers", json_list(papers))
             .raw("forms", list_of<Form>(document.forms, json_of))
             .take() +
         "\n";
}

}  // namespace gw::evidence
