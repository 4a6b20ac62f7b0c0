#pragma once

#include <string>

namespace gw::cli {

/// A report of the box's compiler, which was handed a text and does not know what file it came from.
std::string with_file_name(const std::string& report, const std::string& path);

}  // namespace gw::cli
