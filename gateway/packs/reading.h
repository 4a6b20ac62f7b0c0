#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "config/problems.h"
#include "packs/pack.h"

namespace gw::packs {

inline constexpr std::size_t kMostPack = 256 * 1024;
inline constexpr std::size_t kMostRows = 300;

struct Reading {
  std::optional<Pack> pack{};  ///< if there is no error
  std::vector<config::Problem> problems{};
  std::size_t errors = 0;
};

/// A rule pack (configs/packs). As strict as a configuration: at most kMostPack octets, known keys alone,
/// each item once and none of them empty. Says nothing of who signed it.
Reading read_pack(std::string_view text);

}  // namespace gw::packs
