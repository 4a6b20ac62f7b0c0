#pragma once

#include <string_view>

#include "base/language.h"

namespace gw {

/// A text of a table, in both languages.
struct Wording {
  std::string_view japanese{};
  std::string_view english{};

  std::string_view in(Language language) const { return language == Language::japanese ? japanese : english; }
};

}  // namespace gw
