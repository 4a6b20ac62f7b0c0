#pragma once

#include <string>
#include <vector>

namespace gw::hal {

/// Of the small files in which the kernel says something: at most 4 KiB; empty if there is none.
std::string octets_of(const std::string& path);
/// The same without blanks at its end.
std::string text_of(const std::string& path);
/// The names in a folder, in their order; none if there is no such folder.
std::vector<std::string> names_in(const std::string& folder);
/// Those of them that fit a pattern with `*` (fnmatch(3)).
std::vector<std::string> names_like(const std::string& folder, const std::string& pattern);

}  // namespace gw::hal
