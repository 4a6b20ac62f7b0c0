#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "accounts/account_id.h"
#include "base/clock.h"
#include "base/id.h"
#include "base/language.h"

namespace gw::incidents {

/// One incident: grows by one on a box, never reused.
using IncidentId = Id<struct IncidentTag, std::uint64_t>;

/// What an entry is about (kinds.def).
enum class Kind : std::uint8_t {
#define GW_INCIDENT_KIND(name, id, japanese, english) name,
#include "incidents/kinds.def"
#undef GW_INCIDENT_KIND
};
std::string_view to_string(Kind kind);
std::optional<Kind> parse_kind(std::string_view id);
std::string_view words_of(Kind kind, Language language);

inline constexpr std::size_t kMostTitle = 128, kMostWords = 512;  ///< octets
inline constexpr std::uint64_t kMostEntries = 2'000;              ///< of one incident
/// Of these, what stays for warnings, for whom was told, and for its end: however much is noted, none is
/// missed and nothing is held for ever.
inline constexpr std::uint64_t kForTheEnd = 200;

/// Something that was written of an incident, with the record that says so in the box's chain. Moments that
/// count for nothing here are zero.
struct Entry {
  std::uint64_t number = 0;  ///< within its incident, from 1 on
  Kind kind{};
  CivilTime written{};
  accounts::AccountId account{};  ///< zero: the box itself
  std::string by{};
  /// A Moment of `stated`, a ClockKey of `runs`, `rests`, `reported` and `warned`, a service of `service`, a
  /// Nature of `nature`.
  std::string what{};
  CivilTime at{};       ///< the moment itself; when somebody was told; the end that was warned of
  CivilTime learnt{};   ///< of `stated`: since when that is known
  std::string words{};  ///< title, who said so, why, to whom; of `warned` a Standing
  std::uint64_t evidence = 0, first = 0, last = 0;  ///< of frozen evidence: its number and its records
  std::uint64_t record = 0;                         ///< number in the chain

  friend bool operator==(const Entry&, const Entry&) = default;
};

}  // namespace gw::incidents
