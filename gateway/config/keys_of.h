#pragma once

#include "config/schema.h"
#include "model/configuration.h"

namespace gw::config {

/// Whether a rule that was written with `all` says so again or names the terminals.
enum class TerminalStyle : std::uint8_t { as_written, each_by_name };

/// The keys that say what a configuration is: the way back from compile(). Every default is written out.
RootKeys keys_of(const model::Configuration& configuration, TerminalStyle style);

}  // namespace gw::config
