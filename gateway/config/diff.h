#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/configuration.h"

namespace gw::config {

/// What a new configuration changes, in words, one line a change, in the order of the file. Empty: nothing.
/// Things are told apart by their names, so a renamed one is a removed and a new one. Generations do not
/// count.
std::vector<std::string> diff(const model::Configuration& before, const model::Configuration& after);

/// The same, each with whether it may allow something that was not allowed before (ADM-12).
struct Difference {
  std::string words{};
  bool widens = true;
};
std::vector<Difference> differences(const model::Configuration& before, const model::Configuration& after);

/// What one item of a list of named things is called: "terminal" of `terminals`.
std::string noun_of(std::string_view list);

}  // namespace gw::config
