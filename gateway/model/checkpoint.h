#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace gw::model {

/// What the box signs about its records once a minute (LOG-03): so many there are, and this is the link of
/// the last one. Whoever changes, removes or inserts a record before it contradicts it.
struct Checkpoint {
  std::uint64_t number = 0;  ///< of the last record; never zero
  std::array<std::uint8_t, 32> link{};
  std::chrono::seconds time{0};  ///< since 1970, UTC

  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

/// The octets that are signed: four lines of text.
std::string text_of(const Checkpoint& checkpoint);
/// Of exactly that text. message.malformed.
Result<Checkpoint> parse_checkpoint(std::string_view text);

}  // namespace gw::model
