#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "papers/profile.h"

namespace gw::papers {

inline constexpr std::size_t kMostProfile = 64 * 1024;

struct Reading {
  std::optional<Profile> profile{};  ///< if there is no error
  std::vector<config::Problem> problems{};
  std::size_t errors = 0;
};

/// A service profile (configs/services). As strict as a configuration: at most kMostProfile octets, every key
/// of the table once and no other, every fact with its place, everything unknown with whoever has to answer.
Reading read_profile(std::string_view text);

}  // namespace gw::papers
