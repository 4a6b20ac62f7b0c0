#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/account_id.h"
#include "accounts/digest.h"
#include "accounts/role.h"
#include "accounts/visitor.h"
#include "base/clock.h"
#include "base/secret.h"

namespace gw::accounts {

/// Why a session is over.
enum class SessionEnd : std::uint8_t {
  signed_out,
  idle,        ///< ten minutes without a word
  too_old,     ///< eight hours, or its account's end
  moved,       ///< its token came from another place, or with another certificate: it may have been stolen
  forced,      ///< by an administrator
  changed,     ///< its account was
  pushed_out,  ///< by newer ones
};
std::string_view to_string(SessionEnd end);

/// How somebody asks: himself, or a page that he left open, which says nothing of whether he is there.
enum class Presence : std::uint8_t { himself, page };

/// Somebody who has signed in, until the end.
struct Session {
  std::string name{};  ///< in records and lists; opens nothing
  AccountId account{};
  std::string account_name{};
  Role role{};
  Visitor visitor{};
  CivilTime began{};
  Instant last_seen{};
  Instant ends{};  ///< at the latest
};

/// All sessions of administrators (ADM-05), in memory alone: a restart signs everybody out, and no file holds
/// what opens a session. Of a token only SHA-256 is kept. Idle for ten minutes or eight hours old, a session
/// is over; it belongs to one address, and to one certificate if one was shown. Bounded: the one longest idle
/// makes room, of the same account first.
class Sessions {
 public:
  static constexpr std::chrono::minutes kIdle{10};
  static constexpr std::chrono::hours kLongest{8};
  static constexpr std::size_t kMost = 64, kMostOfOne = 4;

  struct Over {
    Session session{};
    SessionEnd end{};
  };
  struct Opened {
    Secret token{};  ///< 256 random bits, hexadecimal
    Session session{};
    std::vector<Over> over{};  ///< pushed out
  };
  /// `draft` without name and times; `longest`: what its account has left, if that is less.
  Opened open(Session draft, Instant now, CivilTime civil_now, std::chrono::seconds longest = kLongest);

  struct Found {
    std::optional<Session> session{};
    std::optional<Over> over{};  ///< it was there, and is over because of this
  };
  /// Whose token it is; that somebody asked himself keeps the session from being idle.
  Found find(std::string_view token, const Visitor& visitor, Instant now,
             Presence presence = Presence::himself);

  /// What the web server asks for with every change (CSRF): HMAC-SHA-256 over the token's hash, under a key
  /// of this process. Nothing if there is no such session.
  std::optional<std::string> csrf_of(std::string_view token) const;
  bool is_csrf_of(std::string_view token, std::string_view csrf) const;

  std::optional<Over> end(std::string_view name, SessionEnd why);
  std::vector<Over> end_all_of(AccountId account, SessionEnd why);
  /// Those whose time is over.
  std::vector<Over> sweep(Instant now);

  std::vector<Session> list() const;

 private:
  using Place = std::map<Sha256, Session>::iterator;
  Over take_out(Place place, SessionEnd why);
  template <class Fits>
  std::optional<Place> longest_idle(Fits fits, std::size_t most);
  std::string csrf_for(const Sha256& hash) const;

  std::map<Sha256, Session>
      sessions_;  ///< by SHA-256 of the token: what a look-up's time tells is of the hash
  Secret csrf_key_ = fresh_key();
  static Secret fresh_key();
};

}  // namespace gw::accounts
