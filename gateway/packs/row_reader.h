#pragma once

#include <optional>

#include "config/node.h"
#include "packs/pack.h"

namespace gw::packs {

inline constexpr std::size_t kMostHeading = 40;  ///< characters: a heading, and no sentence of a document
inline constexpr std::size_t kMostWords = 80;
inline constexpr std::size_t kMostAnswers = 16;

/// Reads one item of `rows`; nothing, with a problem, if it is none.
std::optional<Row> read_row(const config::Node& node, config::Problems& problems);

}  // namespace gw::packs
