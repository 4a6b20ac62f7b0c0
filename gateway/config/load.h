#pragma once

#include <cstdint>
#include <optional>

#include "config/node.h"
#include "config/schema.h"

namespace gw::config {

/// The only format this loader reads.
inline constexpr std::uint32_t kVersion = 1;

/// A tree as typed keys. Names every unknown, missing and malformed one; what was refused is marked broken,
/// so that later checks stay silent about it. Nothing when the file is of another version.
std::optional<RootKeys> load(const Node& root, Problems& problems);

}  // namespace gw::config
