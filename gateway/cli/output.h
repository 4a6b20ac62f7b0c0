#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/problems.h"

namespace gw::cli {

/// The answer, to standard output. There is never colour in it, so NO_COLOR has nothing to turn off.
void print(std::string_view text);
/// A complaint, to standard error, with the program's name before it and a line end after it.
void complain(std::string_view sentence);

/// Puts a JSON object together: `{"key":value,...}`.
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
std::string to_json(const std::vector<config::Problem>& problems);

}  // namespace gw::cli
