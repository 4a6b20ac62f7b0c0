#include "cli/report.h"

#include <algorithm>

#include "config/compile.h"

namespace gw::cli {

std::string with_file_name(const std::string& report, const std::string& path) {
  const std::string unnamed = std::string(config::kUnnamedFile) + ":";
  std::string out;
  for (std::size_t start = 0; start < report.size();) {
    const std::size_t end = std::min(report.find('\n', start), report.size() - 1) + 1;
    const std::string line = report.substr(start, end - start);
    out.append(line.starts_with(unnamed) ? path + ":" + line.substr(unnamed.size()) : line);
    start = end;
  }
  return out;
}

}  // namespace gw::cli
