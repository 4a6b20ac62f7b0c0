#pragma once

#include <string_view>

#include "base/language.h"

namespace gw::web {

/// Which of the two is preferred (RFC 9110 12.5.4). Japanese if neither is, or nothing is said.
Language preferred(std::string_view accept_language);
/// As Content-Language has it.
std::string_view tag_of(Language language);

}  // namespace gw::web
