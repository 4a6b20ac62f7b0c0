#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gw {

// Tables that Excel in Japan opens as they are: UTF-8 behind a byte order mark, lines and quotes of RFC 4180.

inline constexpr std::string_view kCsvMark = "\xEF\xBB\xBF";

/// One row with its end. What a spreadsheet would take for a formula gets an apostrophe in front.
std::string csv_line(const std::vector<std::string>& cells);

}  // namespace gw
