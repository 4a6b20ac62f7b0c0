#pragma once

#include <string>

#include "config/node.h"
#include "config/schema.h"

namespace gw::config {

/// The keys as a tree, by the table. Keys that are not given are left out.
Node tree_of(RootKeys& keys);

/// The tree as YAML, in the form configurations are written in by hand.
std::string to_yaml(const Node& tree);
/// The tree as one line of JSON. Numbers and flags are JSON's own. What programs look for most stands one
/// level higher as well: a terminal's `uri`, `dns` or `email` and a service's `server_names`.
std::string to_json(const Node& tree);

}  // namespace gw::config
