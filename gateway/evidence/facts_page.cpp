#include "evidence/html.h"
#include "evidence/pages.h"
#include "evidence/shown.h"

namespace gw::evidence {
namespace {

std::string whole(const Document& document, packs::FactId fact) {
  const Finding& finding = finding_of(document, fact);
  const packs::Fact& row = packs::fact(fact);
  std::string out = text_tag("h2", row.label.japanese);
  out += tag("p class=\"small\"", mark(finding.state) + " " + escaped(row.control) + " " + escaped(row.name));
  for (const Words& sentence : finding.says) out += text_tag("p", sentence.japanese);
  if (fact == packs::FactId::network_diagram) out += document.diagram;
  out += table_of(finding.table) + sources_of(finding.sources);
  return tag("section class=\"finding\" id=\"" + escaped(row.name) + "\"", out) + "\n";
}

std::string page_of(const Document& document, std::string_view title, std::span<const packs::FactId> facts) {
  std::string body = text_tag("h1", title) + "\n" + notices(document) + "\n" +
                     tag("table class=\"head\"", tag("tbody", head_rows(document))) + "\n";
  for (const packs::FactId fact : facts) body += whole(document, fact);
  return page(std::string(title) + " – " + document.site, foot_of(document), body);
}

}  // namespace

std::string facts_page(const Document& document) {
  std::vector<packs::FactId> all;
  for (const packs::Fact& fact : packs::facts()) all.push_back(fact.id);
  return page_of(document, "装置が示す事実の一覧", all);
}

std::string sheet_page(const Document& document, const Sheet& sheet) {
  return page_of(document, sheet.title.japanese, sheet.facts);
}

}  // namespace gw::evidence
