#include "config/problems.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace gw::config {
namespace {

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

}  // namespace

void Problems::put(Problem problem) {
  if (problem.severity == Severity::error) ++errors_;
  if (full())
    ++unkept_;
  else
    kept_.push_back(std::move(problem));
}

std::vector<Problem> Problems::take() {
  std::stable_sort(kept_.begin(), kept_.end(),
                   [](const Problem& a, const Problem& b) { return a.at < b.at; });
  if (unkept_ > 0) {
    const Position last = kept_.back().at;
    kept_.push_back({last, ErrorCode::config_too_many_errors, Severity::error,
                     std::to_string(unkept_) + " more are not shown; mend these first"});
  }
  return std::exchange(kept_, {});
}

std::string to_text(const std::vector<Problem>& problems, std::string_view file) {
  std::string out;
  for (const Problem& problem : problems) {
    out.append(file).append(":").append(std::to_string(problem.at.line)).append(":");
    out.append(std::to_string(problem.at.column)).append(": ").append(to_string(problem.code)).append(": ");
    if (problem.severity == Severity::warning) out.append("warning: ");
    out.append(problem.text).append("\n");
  }
  return out;
}

std::string in_quotes(std::string_view text) {
  std::size_t end = std::min(text.size(), kForeignTextLimit / 2);
  while (end > 0 && end < text.size() && is_continuation(text[end])) --end;
  std::string out = "`";
  for (const char c : text.substr(0, end))
    out.push_back(static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c);
  return out.append(end < text.size() ? "…`" : "`");
}

}  // namespace gw::config
