#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace gw::cli {

/// A moment as people write it, in Japan's time, which is that of the records: "2026-11-28",
/// "2026-11-28T09:30" or "2026-11-28T09:30:15". Since 1970, UTC. Nothing if there is no such moment.
std::optional<std::chrono::milliseconds> parse_when(std::string_view text);

/// "90s", "5min", with a space or without. Nothing if it is none.
std::optional<std::chrono::seconds> parse_span(std::string_view text);

}  // namespace gw::cli
