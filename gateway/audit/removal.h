#pragma once

#include <optional>
#include <string_view>

#include "audit/line.h"

namespace gw::audit {

/// The receipt of the oldest records of a box, which were removed together (LOG-05): their numbers, the link
/// in front of the first, and that of the last, from which what is left goes on. It is a record itself, so
/// what stands in it is chained and signed.
struct Removal {
  std::uint64_t first = 0, last = 0;
  Link before{};
  Link link{};

  friend bool operator==(const Removal&, const Removal&) = default;
};

Event event_of(const Removal& removal, std::string_view reason);
/// Of a record's line. Nothing if it is another record, or not the keeper's own.
std::optional<Removal> read_removal(std::string_view line);

/// As a record says who wrote it.
inline constexpr std::string_view kKeeper = "controld";

}  // namespace gw::audit
