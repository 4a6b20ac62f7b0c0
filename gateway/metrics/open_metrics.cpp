#include "metrics/open_metrics.h"

#include <charconv>
#include <optional>

namespace gw::metrics {
namespace {

/// The shortest that reads back as the same.
void append_number(std::string& out, double value) {
  char text[32];
  const auto written = std::to_chars(text, text + sizeof(text), value);
  out.append(text, written.ptr);
}

/// Seconds with three decimals, in whole numbers: no rounding.
void append_time(std::string& out, std::chrono::milliseconds since_1970) {
  const std::string fraction = std::to_string(since_1970.count() % 1000);
  out += std::to_string(since_1970.count() / 1000) + '.' + std::string(3 - fraction.size(), '0') + fraction;
}

/// OpenMetrics 1.0, "Escaping": backslash, quote and line feed.
void append_escaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    if (c == '\n')
      out += "\\n";
    else if (c == '\\' || c == '"')
      (out += '\\') += c;
    else
      out += c;
  }
}

void append_line(std::string& out, std::string_view keyword, std::string_view name, std::string_view value) {
  out.append("# ").append(keyword).append(" ").append(name).append(" ");
  append_escaped(out, value);
  out += '\n';
}

void append_head(std::string& out, const Family& one) {
  append_line(out, "TYPE", one.name, to_string(one.kind));
  if (!one.unit.empty()) append_line(out, "UNIT", one.name, one.unit);
  append_line(out, "HELP", one.name, one.help);
}

void append_labels(std::string& out, const Family& one, const Labels& values) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    out.append(i == 0 ? "{" : ",").append(one.labels[i]).append("=\"");
    append_escaped(out, values[i]);
    out += '"';
  }
  if (!values.empty()) out += '}';
}

}  // namespace

std::string to_open_metrics(const Snapshot& snapshot) {
  std::string out;
  std::optional<FamilyId> last;
  for (const Sample& sample : snapshot.samples) {
    const Family& one = family(sample.family);
    if (last != sample.family) append_head(out, one);
    last = sample.family;
    out.append(one.name).append(suffix_of(sample));
    append_labels(out, one, sample.labels);
    out += ' ';
    append_number(out, sample.value);
    out += ' ';
    append_time(out, snapshot.at);
    out += '\n';
  }
  return out + "# EOF\n";
}

}  // namespace gw::metrics
