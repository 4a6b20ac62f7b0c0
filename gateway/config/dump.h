#pragma once

#include <string>

#include "model/configuration.h"

namespace gw::config {

/// The effective configuration as YAML, every default written out; compiles to the same configuration
/// (architecture 6.3).
std::string dump(const model::Configuration& configuration);
/// The same as one line of JSON, for programs.
std::string dump_json(const model::Configuration& configuration);

}  // namespace gw::config
