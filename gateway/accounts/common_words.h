#pragma once

#include <span>
#include <string_view>

namespace gw::accounts {

/// Words of which guessed passwords are made, in small letters: what leaked lists begin with, keys that lie
/// side by side, and what people in a Japanese clinic come upon (ADM-02). A password of these alone is
/// refused.
std::span<const std::string_view> common_words();

}  // namespace gw::accounts
