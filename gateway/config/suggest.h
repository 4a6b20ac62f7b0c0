#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gw::config {

/// "a, b and c".
std::string listed(const std::vector<std::string_view>& words);
/// "; did you mean `x`?" for the known word that is nearest to what was written, or nothing.
std::string did_you_mean(std::string_view written, const std::vector<std::string_view>& known);

}  // namespace gw::config
