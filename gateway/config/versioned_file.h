#pragma once

#include <optional>
#include <string_view>

#include "config/map_reader.h"

namespace gw::config {

/// The group of keys that a file of at most `most` octets is. Nothing, with a problem, of anything else.
/// `what` is what the file should be, such as "profile".
std::optional<Node> read_keys(std::string_view text, std::size_t most, std::string_view what,
                              Problems& problems);
/// `version: 1`, with which every such file begins.
void read_version(MapReader& keys, const Node& root, Problems& problems);

}  // namespace gw::config
