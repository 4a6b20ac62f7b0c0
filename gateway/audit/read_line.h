#pragma once

#include <optional>
#include <string_view>

#include "audit/line.h"

namespace gw::audit {

/// A record with its number.
struct Numbered {
  std::uint64_t number = 0;
  Record record{};
};

/// A record out of its line (audit/line.h). What a later version put into one, this one passes over; a text
/// that held control characters has them as their codes. Nothing if it is no line of ours, or of an event
/// that this version does not know.
std::optional<Numbered> read_line(std::string_view line);

}  // namespace gw::audit
