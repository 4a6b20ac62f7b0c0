#pragma once

#include <string>

#include "evidence/document.h"
#include "evidence/sheet.h"

// What is in each of the files (evidence/files.h). Within the module.

namespace gw::evidence {

std::string index_page(const Document& document);
/// Its items with what answers them and what people fill in (GOV-02, GOV-03).
std::string paper_page(const Document& document, const Judged& judged);
std::string facts_page(const Document& document);
std::string sheet_page(const Document& document, const Sheet& sheet);

std::string paper_csv(const Document& document, const Judged& judged);
/// Everything that facts_page() has, as one table: a row for each sentence, row and source.
std::string facts_csv(const Document& document);

/// "tls.versions" on the page of all findings.
std::string place_of(packs::FactId fact);

// Parts of every page: what stands in its head, on the foot of each sheet of paper, and that it is no
// judgement.
std::string head_row(std::string_view name, std::string_view value);
std::string head_rows(const Document& document);
std::string foot_of(const Document& document);
std::string notices(const Document& document);
std::string mark(State state);

}  // namespace gw::evidence
