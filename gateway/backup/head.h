#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/lines.h"
#include "base/result.h"
#include "model/checkpoint.h"

namespace gw::backup {

/// Why a backup was made (BAK-01).
enum class Kind : std::uint8_t {
  daily,
  confirmed,  ///< a change of the configuration was confirmed
  by_hand,
};
std::string_view to_string(Kind kind);
std::optional<Kind> parse_kind(std::string_view text);

/// What a backup says of itself, in the clear and once more inside.
struct Head {
  std::uint64_t number = 0;      ///< of the box's backups, from 1 on
  std::string box{};             ///< is_name()
  std::string site{};            ///< is_name()
  std::chrono::seconds made{0};  ///< since 1970, UTC
  Kind kind{};
  std::uint64_t change = 0;                       ///< the change that was in force; zero: none was yet
  std::optional<model::Checkpoint> checkpoint{};  ///< the records' last one then

  friend bool operator==(const Head&, const Head&) = default;
};

/// Lines of text, the first of which names the form and its version.
std::string text_of(const Head& head);
/// Takes it off the front of a text. Nothing if it is none.
std::optional<Head> take_head(Lines& lines);

}  // namespace gw::backup
