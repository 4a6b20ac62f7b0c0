#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "cli/command.h"

namespace gw::cli {

/// options.def.
enum class OptionId : std::uint8_t {
#define GW_OPTION(id, name, value, setter, japanese, english) id,
#include "cli/options.def"
#undef GW_OPTION
};

Option option(OptionId id);
/// With those that every command takes.
std::vector<Option> options(std::initializer_list<OptionId> ids);
/// The same with one that has to be given.
std::vector<Option> options_needing(OptionId id);

}  // namespace gw::cli
