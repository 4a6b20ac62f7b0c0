#include "evidence/files.h"

#include "evidence/pages.h"

namespace gw::evidence {

std::vector<File> files_of(const Document& document) {
  std::vector<File> out = {{"index.html", index_page(document)},
                           {"evidence.json", to_json(document)},
                           {"facts.html", facts_page(document)},
                           {"facts.csv", facts_csv(document)},
                           {"diagram.svg", document.diagram}};
  for (const Judged& judged : document.papers) {
    out.push_back({"paper-" + judged.pack.id + ".html", paper_page(document, judged)});
    out.push_back({"paper-" + judged.pack.id + ".csv", paper_csv(document, judged)});
  }
  for (const Sheet& sheet : sheets())
    out.push_back({"sheet-" + std::string(sheet.id) + ".html", sheet_page(document, sheet)});
  return out;
}

}  // namespace gw::evidence
