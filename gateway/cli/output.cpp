#include "cli/output.h"

#include <cstdio>

#include "base/text.h"

namespace gw::cli {

void print(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }

void complain(std::string_view sentence) {
  std::fflush(stdout);
  const std::string line = "sekisho: " + std::string(sentence) + "\n";
  std::fwrite(line.data(), 1, line.size(), stderr);
}

JsonObject& JsonObject::raw(std::string_view key, std::string_view value) {
  if (out_.size() > 1) out_.append(",");
  append_json_string(out_, key);
  out_.append(":").append(value);
  return *this;
}

JsonObject& JsonObject::text(std::string_view key, std::string_view value) {
  std::string quoted;
  append_json_string(quoted, value);
  return raw(key, quoted);
}

JsonObject& JsonObject::number(std::string_view key, std::uint64_t value) {
  return raw(key, std::to_string(value));
}
JsonObject& JsonObject::flag(std::string_view key, bool value) { return raw(key, value ? "true" : "false"); }

std::string JsonObject::take() { return std::move(out_).append("}"); }

std::string json_list(const std::vector<std::string>& values) {
  std::string out = "[";
  for (const std::string& value : values) out.append(out.size() > 1 ? "," : "").append(value);
  return out.append("]");
}

std::string json_texts(const std::vector<std::string>& texts) {
  std::vector<std::string> values;
  for (const std::string& text : texts) append_json_string(values.emplace_back(), text);
  return json_list(values);
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
