#include "cli/report.h"

#include <algorithm>

#include "config/compile.h"
#include "config/report_words.h"

namespace gw::cli {

std::string report_about(const std::string& path, const std::string& report, Language language) {
  const std::string unnamed = std::string(config::kUnnamedFile) + ":";
  std::string out;
  for (std::size_t start = 0; start < report.size();) {
    const std::size_t end = std::min(report.find('\n', start), report.size() - 1) + 1;
    const std::string line = report.substr(start, end - start);
    out.append(line.starts_with(unnamed) ? path + ":" + line.substr(unnamed.size()) : line);
    start = end;
  }
  return report_words(language, out);
}

std::string report_words(Language language, const std::string& report) {
  return language == Language::japanese ? config::in_japanese(report) : report;
}

}  // namespace gw::cli
