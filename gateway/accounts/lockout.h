#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>

#include "base/clock.h"
#include "base/codec.h"
#include "model/address.h"

namespace gw::accounts {

/// Failed attempts, of one account or from one source, and the locks that followed (ADM-03). A value: five
/// failures within any fifteen minutes lock; each lock in a row lasts twice as long as the one before, four
/// hours at most; a day without one begins anew. What is tried while it is locked counts for nothing, or a
/// stranger could keep somebody out for ever.
struct Strikes {
  static constexpr std::size_t kMost = 5;
  static constexpr std::chrono::minutes kWithin{15}, kFirstLock{5}, kLongestLock{240};
  static constexpr std::chrono::hours kForgets{24};

  std::array<CivilTime, kMost> failures{};  ///< the latest ones, in a ring; zero: none
  std::uint8_t next = 0;                    ///< place of the next failure
  std::uint8_t locks = 0;                   ///< in a row
  CivilTime locked_until{};

  bool is_locked(CivilTime now) const { return now < locked_until; }
  /// As it is after one more failure, by somebody who was not locked.
  Strikes after_failure(CivilTime now) const;

  friend bool operator==(const Strikes&, const Strikes&) = default;
};

/// An address as it is counted: IPv6 by its first 64 bits, of which one cable has all the rest.
model::IpAddress source_of(const model::IpAddress& address);

/// The strikes of each source, in memory alone: so many, and the one that failed longest ago goes first. A
/// success clears none of them, or one good account would buy attempts at all others.
class Sources {
 public:
  static constexpr std::size_t kMost = 1024;

  bool is_locked(const model::IpAddress& address, CivilTime now) const;
  /// Until when it is locked from now on; nothing if it is not, or was before.
  std::optional<CivilTime> fail(const model::IpAddress& address, CivilTime now);
  /// An attempt while it is locked, to be told of later in one number.
  void turn_away(const model::IpAddress& address);
  /// How many were, since it was asked last.
  std::uint64_t take_turned_away(const model::IpAddress& address);
  std::size_t size() const { return sources_.size(); }

 private:
  struct Source {
    Strikes strikes{};
    CivilTime last{};
    std::uint64_t turned_away = 0;
  };
  void make_room();

  std::map<model::IpAddress, Source> sources_;
};

template <class Io>
void visit(Io& io, Strikes& strikes) {
  const auto time = [&io](CivilTime& moment) {
    constexpr std::uint64_t kLast = 253'402'300'799'000'000;  // of the year 9999: differences fit
    const auto since = moment.time_since_epoch().count();
    std::uint64_t microseconds = since < 0 ? 0 : static_cast<std::uint64_t>(since);
    io.range(microseconds, std::uint64_t{0}, kLast);
    moment = CivilTime(std::chrono::microseconds(microseconds));
  };
  for (CivilTime& failure : strikes.failures) time(failure);
  io.range(strikes.next, std::uint8_t{0}, static_cast<std::uint8_t>(Strikes::kMost - 1));
  io.field(strikes.locks);
  time(strikes.locked_until);
}

}  // namespace gw::accounts
