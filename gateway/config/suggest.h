#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gw::config {

/// "a, b and c".
std::string listed(const std::vector<std::string_view>& words);
/// The known word that is nearest to what was written; empty if all are far.
std::string_view nearest(std::string_view written, const std::vector<std::string_view>& known);
/// "; did you mean `x`?" for the nearest known word, or nothing.
std::string did_you_mean(std::string_view written, const std::vector<std::string_view>& known);

}  // namespace gw::config
