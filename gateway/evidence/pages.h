#pragma once

#include <string>
#include <vector>

#include "evidence/document.h"
#include "evidence/sheet.h"

// What is in each of the files (evidence/files.h). Within the module.

namespace gw::evidence {

std::string index_page(const Document& document);
/// Its items with what answers them and what people fill in (GOV-02, GOV-03).
std::string paper_page(const Document& document, const Judged& judged);
std::string facts_page(const Document& document);
std::string sheet_page(const Document& document, const Sheet& sheet);
std::string form_page(const Document& document, const Form& form);

/// What whoever reads on has to know first: of the document, and of an edition.
std::vector<std::string> notices_of(const Document& document);
std::vector<std::string> warnings_of(const Judged& judged);
/// "gl-6.0 第1版".
std::string name_of(const Judged& judged);
std::string edition_of(const packs::Pack& pack);

// As tables: rows of a name and a value that say what it is, an empty row, and what follows.
std::string paper_csv(const Document& document, const Judged& judged);
/// Everything that facts_page() has, as one table: a row for each sentence, row and source.
std::string facts_csv(const Document& document);

/// "tls.versions" on the page of all findings.
std::string place_of(packs::FactId fact);

// Of a finding and of a form.
std::string table_of(const Table& table);
std::string sources_of(const std::vector<Source>& sources);

// Parts of every page: what stands in its head, on the foot of each sheet of paper, and that it is no
// judgement.
std::string head_row(std::string_view name, std::string_view value);
std::string head_rows(const Document& document);
std::string foot_of(const Document& document);
std::string notices(const Document& document);
std::string mark(State state);
/// Of an item: the state of what answers it, and how much is to be filled in.
std::string marks(const Document& document, const packs::Row& row);

}  // namespace gw::evidence
