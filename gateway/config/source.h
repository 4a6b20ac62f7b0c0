#pragma once

#include <optional>
#include <string_view>

#include "config/node.h"

namespace gw::config {

/// YAML text as a tree. Strict on purpose (architecture 6.3): at most 1 MiB of UTF-8, 16 levels, one
/// document, no repeated keys, no anchors, aliases or tags. Nothing when the text cannot be read to its end.
std::optional<Node> read_source(std::string_view text, Problems& problems);

}  // namespace gw::config
