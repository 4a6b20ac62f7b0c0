#include "evidence/files.h"

#include <algorithm>

#include "evidence/pages.h"

namespace gw::evidence {

bool is_file_name(std::string_view name) {
  return !name.empty() && name.front() != '.' && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  });
}

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
  for (const Form& form : document.forms)
    out.push_back({"form-" + form.id + ".html", form_page(document, form)});
  for (const Attachment& one : document.attached) out.push_back({one.name, one.content});
  for (const Sheet& sheet : sheets())
    out.push_back({"sheet-" + std::string(sheet.id) + ".html", sheet_page(document, sheet)});
  return out;
}

}  // namespace gw::evidence
