#pragma once

#include <string>
#include <string_view>

namespace gw::config {

/// A report (config/problems.h) for whoever reads Japanese: behind each code stands what it means, then the
/// compiler's own words. Lines that are none of a report stay as they are.
std::string in_japanese(std::string_view report);

}  // namespace gw::config
