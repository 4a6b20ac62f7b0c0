#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "config/problems.h"

namespace gw::cli {

/// The answer, to standard output. There is never colour in it, so NO_COLOR has nothing to turn off.
void print(std::string_view text);
/// A complaint, to standard error, with the program's name before it and a line end after it.
void complain(std::string_view sentence);

std::string to_json(const std::vector<config::Problem>& problems);

}  // namespace gw::cli
