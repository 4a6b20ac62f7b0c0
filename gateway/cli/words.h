#pragma once

#include <string>

#include "base/language.h"

namespace gw::cli {

/// A text for people, in both languages.
struct Words {
  std::string japanese{};
  std::string english{};

  const std::string& in(Language language) const {
    return language == Language::japanese ? japanese : english;
  }
};

}  // namespace gw::cli
