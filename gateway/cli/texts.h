#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "base/language.h"

namespace gw::cli {

/// A sentence of texts.def.
enum class Text : std::uint16_t {
#define GW_TEXT(id, japanese, english) id,
#include "cli/texts.def"
#undef GW_TEXT
};

/// With `values` in the places of {0}, {1} and so on. A value is never looked at again.
std::string said(Language language, Text text, std::initializer_list<std::string_view> values = {});
std::string said(Language language, Text text, std::uint64_t number);

}  // namespace gw::cli
