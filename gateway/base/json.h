#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gw {

/// Puts a JSON object together: `{"key":value,...}`. Keys are not looked at: whoever writes says each once.
class JsonObject {
 public:
  JsonObject& text(std::string_view key, std::string_view value);
  JsonObject& number(std::string_view key, std::uint64_t value);
  JsonObject& flag(std::string_view key, bool value);
  /// `value` is JSON already.
  JsonObject& raw(std::string_view key, std::string_view value);
  std::string take();

 private:
  std::string out_ = "{";
};

/// "[a,b]" of values that are JSON already.
std::string json_list(const std::vector<std::string>& values);
/// The same of texts.
std::string json_texts(const std::vector<std::string>& texts);

}  // namespace gw
