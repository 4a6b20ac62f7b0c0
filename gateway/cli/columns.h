#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gw::cli {

/// Columns of a terminal that a text takes: two for each wide character (Unicode Standard Annex 11).
std::size_t width_of(std::string_view text);
/// Filled up with blanks.
std::string padded(std::string_view text, std::size_t width);
/// What somebody else wrote, with nothing in it that a terminal would obey.
std::string plain(std::string_view text);
/// Rows under one another, two blanks between columns. Columns in which nothing stands but in the first row
/// are left out.
std::string table_of(const std::vector<std::vector<std::string>>& rows);

}  // namespace gw::cli
