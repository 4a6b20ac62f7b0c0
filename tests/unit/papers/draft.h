#pragma once

#include <map>
#include <string>

#include "papers/reading.h"
#include "support/file_text.h"

namespace gw::papers {

using support::place;
using support::read_file;

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

inline std::string report_on(const std::string& text) {
  return config::to_text(read_profile(text).problems, "p");
}

}  // namespace gw::papers
