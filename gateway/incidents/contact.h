#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/language.h"

namespace gw::incidents {

/// Who is told of an incident, or helps with it (parties.def).
enum class Party : std::uint8_t {
#define GW_PARTY(name, id, japanese, english, desk, of) name,
#include "incidents/parties.def"
#undef GW_PARTY
};
inline constexpr std::size_t kParties = 0
#define GW_PARTY(name, id, japanese, english, desk, of) +1
#include "incidents/parties.def"
#undef GW_PARTY
    ;

/// One of them; of a service's vendor with the service: "police", "service@medical-note".
struct ContactKey {
  Party party{};
  std::string service{};  ///< of Party::service, and of no other

  friend auto operator<=>(const ContactKey&, const ContactKey&) = default;
};
std::string to_string(const ContactKey& contact);
std::optional<ContactKey> parse_contact(std::string_view text);
/// "サービス事業者 (medical-note)".
std::string words_of(const ContactKey& contact, Language language);
/// Which desk is meant, for whoever writes it down.
std::string_view desk_hint(Party party);

/// The ways to somebody: desks and their numbers, never persons.
struct Ways {
  std::string desk{};         ///< the desk or role that answers
  std::string main{};         ///< telephone, mail or form that is used first
  std::string alternative{};  ///< another way, for when the first one is what is broken
  std::string hours{};        ///< when somebody answers; empty: not said

  bool is_same_way(const Ways& other) const { return main == other.main && alternative == other.alternative; }
};

/// How somebody is reached, and when that was tried (INC-02).
struct Contact {
  ContactKey key{};
  std::optional<Ways> ways{};  ///< none: nobody has written them down
  CivilTime stated{};
  CivilTime since{};                  ///< the minute from which on these ways stand
  std::optional<CivilTime> tried{};   ///< the last time, whatever came of it
  std::optional<CivilTime> worked{};  ///< the last time that one of the ways that stand now led there
  std::string found{};                ///< what came of it when it was tried last

  /// By when the ways are to be tried again: six months after they were found to work; ways that nobody has
  /// tried since they were written down are due from then on. Nothing: there are none.
  std::optional<CivilTime> due() const;
  bool is_overdue(CivilTime now) const { return due() && *due() <= now; }
};

/// The same day six months later in Japan, or the last one of that month.
CivilTime half_a_year_after(CivilTime time);

}  // namespace gw::incidents
