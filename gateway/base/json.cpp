#include "base/json.h"

#include "base/text.h"

namespace gw {

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

}  // namespace gw
