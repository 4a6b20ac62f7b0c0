#pragma once

#include <string>

#include "packs/reading.h"
#include "support/file_text.h"

namespace gw::packs {

using support::place;
using support::read_file;

/// The smallest pack there is.
inline const std::string kGood =
    "version: 1\n"
    "pack:\n"
    "  id: gl-x\n"
    "  version: 3\n"
    "  title: Guideline X\n"
    "  kind: guideline\n"
    "  edition: third\n"
    "  date: 2026-06\n"
    "  standing: {is: in_force, says: a notice, grade: 2}\n"
    "  grade: T-\n"
    "rows:\n"
    "  - id: 13-6\n"
    "    heading: TLS\n"
    "    asks: mutual authentication\n"
    "    grade: T\n"
    "    controls: [NET-01, NET-04]\n"
    "    answers: [tls.versions, tls.mutual]\n"
    "  - id: (9)①(a)\n"
    "    heading: 責任者\n"
    "    asks: who it is\n"
    "    grade: S\n"
    "    blanks:\n"
    "      - {name: 責任者, owner: clinic}\n";

/// With the first of `what` replaced.
inline std::string with(const std::string& what, const std::string& instead, std::string text = kGood) {
  const std::size_t at = text.find(what);
  return at == std::string::npos ? "nowhere: " + what : text.replace(at, what.size(), instead);
}

inline std::string report_on(const std::string& text) {
  return config::to_text(read_pack(text).problems, "p");
}

}  // namespace gw::packs
