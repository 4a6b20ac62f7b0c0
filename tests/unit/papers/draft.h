#pragma once

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "papers/reading.h"

namespace gw::papers {

/// A profile in which nothing is known, but for what a test says.
struct Draft {
  std::map<std::string, std::string> values{};  ///< "backup.count" to what stands behind the colon
  std::string head = "version: 1\nprofile: emr-example\n";
  std::string tail{};

  static std::string unknown(const Fact& fact) {
    return std::string("{is: unknown, owner: vendor, asked: not yet") +
           (fact.kind == Kind::mode ? ", note: none needs consent}" : "}");
  }
  std::string text() const {
    std::string out = head;
    for (const Group& group : groups()) {
      out += std::string(group.key) + ":\n";
      for (const Fact& fact : facts()) {
        const auto said = values.find(fact.name());
        if (fact.group == group.key)
          out += "  " + std::string(fact.key) + ": " + (said == values.end() ? unknown(fact) : said->second) +
                 "\n";
      }
    }
    return out + tail;
  }
};

/// With one key said.
inline std::string with(const std::string& name, const std::string& value) {
  return Draft{.values = {{name, value}}}.text();
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

inline std::string report_on(const std::string& text) {
  return config::to_text(read_profile(text).problems, "p");
}

inline std::string read_file(const std::string& path) {
  std::ifstream file(std::string(GW_SOURCE_DIR) + "/" + path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace gw::papers
