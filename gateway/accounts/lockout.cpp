#include "accounts/lockout.h"

#include <algorithm>
#include <utility>

namespace gw::accounts {

Strikes Strikes::after_failure(CivilTime now) const {
  Strikes after = *this;
  after.failures[after.next] = now;
  after.next = static_cast<std::uint8_t>((after.next + 1) % kMost);
  // The place of the next one holds the oldest of the latest five. A clock that was set back makes it later
  // than now: it counts.
  const CivilTime fifth = after.failures[after.next];
  if (fifth == CivilTime{} || now - fifth >= kWithin) return after;
  if (now - locked_until >= kForgets) after.locks = 0;
  const unsigned doublings = std::min<unsigned>(after.locks, 16);
  after.locked_until = now + std::min<std::chrono::minutes>(kFirstLock * (1u << doublings), kLongestLock);
  after.locks = static_cast<std::uint8_t>(std::min<unsigned>(after.locks + 1u, UINT8_MAX));
  after.failures = {};
  after.next = 0;
  return after;
}

model::IpAddress source_of(const model::IpAddress& address) {
  if (address.family() == model::Family::ipv4) return address;
  return model::Prefix{address, 64}.network().address;
}

bool Sources::is_locked(const model::IpAddress& address, CivilTime now) const {
  const auto found = sources_.find(source_of(address));
  return found != sources_.end() && found->second.strikes.is_locked(now);
}

std::optional<CivilTime> Sources::fail(const model::IpAddress& address, CivilTime now) {
  const model::IpAddress key = source_of(address);
  if (!sources_.contains(key)) make_room();
  Source& source = sources_[key];
  if (source.strikes.is_locked(now)) return std::nullopt;
  source.strikes = source.strikes.after_failure(now);
  source.last = now;
  if (!source.strikes.is_locked(now)) return std::nullopt;
  return source.strikes.locked_until;
}

void Sources::make_room() {
  if (sources_.size() < kMost) return;
  const auto oldest =
      std::ranges::min_element(sources_, {}, [](const auto& source) { return source.second.last; });
  sources_.erase(oldest);
}

void Sources::turn_away(const model::IpAddress& address) {
  if (const auto found = sources_.find(source_of(address)); found != sources_.end())
    ++found->second.turned_away;
}

std::uint64_t Sources::take_turned_away(const model::IpAddress& address) {
  const auto found = sources_.find(source_of(address));
  return found == sources_.end() ? 0 : std::exchange(found->second.turned_away, 0);
}

}  // namespace gw::accounts
