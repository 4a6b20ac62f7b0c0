#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "evidence/document.h"

namespace gw::evidence {

/// Lower-case letters, digits, "-" and ".", which is not the first.
bool is_file_name(std::string_view name);

struct File {
  std::string name{};  ///< is_file_name()
  std::string content{};
};

/// What is handed over, each a whole by itself and without a word from outside: `evidence.json`, `facts.html`
/// and `facts.csv`; for each paper `paper-ID.html` and `paper-ID.csv`; for each sheet of sheets.def
/// `sheet-ID.html`; for each form `form-ID.html`; what is attached; `diagram.svg`; and `index.html`, which
/// leads to them. Japanese, made for print on A4. A cell of a paper leads to the finding behind it. The same
/// document makes the same octets.
std::vector<File> files_of(const Document& document);

}  // namespace gw::evidence
