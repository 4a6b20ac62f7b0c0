#include "cli/output.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace gw::cli {

void print(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }

bool may_colour() {
  const char* none = std::getenv("NO_COLOR");
  return ::isatty(STDOUT_FILENO) == 1 && (none == nullptr || *none == '\0');
}

void complain(std::string_view sentence) {
  std::fflush(stdout);
  const std::string line = "sekisho: " + std::string(sentence) + "\n";
  std::fwrite(line.data(), 1, line.size(), stderr);
}

std::string to_json(const std::vector<config::Problem>& problems) {
  std::vector<std::string> items;
  for (const config::Problem& problem : problems)
    items.push_back(JsonObject()
                        .number("line", problem.at.line)
                        .number("column", problem.at.column)
                        .text("code", to_string(problem.code))
                        .text("severity", problem.severity == config::Severity::error ? "error" : "warning")
                        .text("text", problem.text)
                        .take());
  return json_list(items);
}

}  // namespace gw::cli
