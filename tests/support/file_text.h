#pragma once

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>

namespace gw::support {

/// A file of the repository, whole.
inline std::string read_file(const std::string& path) {
  std::ifstream file(std::string(GW_SOURCE_DIR) + "/" + path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// "12:10" where `what` begins in the text; columns of ASCII.
inline std::string place(const std::string& text, const std::string& what) {
  const std::size_t at = text.find(what);
  if (at == std::string::npos) return "nowhere";
  const std::string before = text.substr(0, at);
  const auto line = std::ranges::count(before, '\n') + 1;
  const std::size_t start = before.rfind('\n') == std::string::npos ? 0 : before.rfind('\n') + 1;
  return std::to_string(line) + ":" + std::to_string(at - start + 1);
}

}  // namespace gw::support
