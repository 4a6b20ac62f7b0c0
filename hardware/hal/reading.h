#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "config/problems.h"
#include "hal/profile.h"

namespace gw::hal {

inline constexpr std::size_t kMostProfile = 64u << 10;  ///< octets

/// A profile, or what is wrong with its text, each with its place and what to write instead.
struct Reading {
  std::optional<Profile> profile{};
  std::vector<config::Problem> problems{};
};

/// The text of a file of hardware/boards. Pure.
Reading read_profile(std::string_view text);

}  // namespace gw::hal
