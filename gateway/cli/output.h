#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "config/problems.h"

namespace gw::cli {

/// The answer, to standard output.
void print(std::string_view text);
/// Standard output is a terminal, and nobody said NO_COLOR (no-color.org).
bool may_colour();
/// A complaint, to standard error, with the program's name before it and a line end after it.
void complain(std::string_view sentence);

std::string to_json(const std::vector<config::Problem>& problems);

}  // namespace gw::cli
