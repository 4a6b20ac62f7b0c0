#include "config/report_words.h"

#include <map>

#include "base/error.h"

namespace gw::config {
namespace {

constexpr std::string_view kWarning = "warning: ";

const std::map<std::string_view, std::string_view>& words() {
  static const std::map<std::string_view, std::string_view> all{
#define GW_PROBLEM_WORDS(code, japanese) {to_string(ErrorCode::code), japanese},
#include "config/problem_words.def"
#undef GW_PROBLEM_WORDS
  };
  return all;
}

/// "file:12:16: config.key.unknown: no such key" without its end.
std::string line_in_japanese(std::string_view line) {
  for (std::size_t at = line.find(": "); at != std::string_view::npos; at = line.find(": ", at + 2)) {
    const std::size_t code = at + 2, end = line.find(": ", code);
    if (end == std::string_view::npos) break;
    const auto known = words().find(line.substr(code, end - code));
    if (known == words().end()) continue;
    std::string_view text = line.substr(end + 2);
    const bool is_warning = text.starts_with(kWarning);
    if (is_warning) text.remove_prefix(kWarning.size());
    return std::string(line.substr(0, end + 2)) + (is_warning ? "注意: " : "") + std::string(known->second) +
           " (" + std::string(text) + ")";
  }
  return std::string(line);
}

}  // namespace

std::string in_japanese(std::string_view report) {
  std::string out;
  while (!report.empty()) {
    const std::size_t end = report.find('\n');
    out += line_in_japanese(report.substr(0, end));
    if (end == std::string_view::npos) return out;
    out += '\n';
    report.remove_prefix(end + 1);
  }
  return out;
}

}  // namespace gw::config
