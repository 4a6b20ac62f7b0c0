#include "detect/counts.h"

#include <numeric>

namespace gw::detect {
namespace {

constexpr std::chrono::seconds kLookEvery{1};  // through all of them: a flood must not make it often
constexpr std::chrono::seconds kDisorder{5};   // records of several processes are not quite in their order
/// A clock that was set back makes no window longer than itself.
bool is_over(CivilTime until, CivilTime now, std::chrono::seconds window) {
  return now >= until || now < until - window - kDisorder;
}

}  // namespace

std::size_t Counts::size() const {
  return std::accumulate(tenants_.begin(), tenants_.end(), std::size_t{0},
                         [](std::size_t sum, const auto& entry) { return sum + entry.second.size(); });
}

bool Counts::make_room(const Windows& of_tenant, CivilTime now) {
  const auto has_room = [&] { return of_tenant.size() < kMostOfTenant && size() < kMost; };
  if (has_room()) return true;
  if (now >= looked_ && now < looked_ + kLookEvery) return false;
  looked_ = now;
  for (auto& [tenant, windows] : tenants_)
    std::erase_if(windows, [now](const auto& entry) {
      return is_over(entry.second.until, now, rule(entry.first.kind).window);
    });
  return has_room();
}

std::uint64_t Counts::add(const Clue& clue, CivilTime now) {
  const std::chrono::seconds window = rule(clue.kind).window;
  Windows& windows = tenants_[clue.tenant];
  const Key key{clue.kind, clue.subject};
  auto found = windows.find(key);
  if (found == windows.end()) {
    if (!clue.subject.empty() && !make_room(windows, now)) return 0;
    found = windows.emplace(key, Window{}).first;
  }
  Window& one = found->second;
  if (is_over(one.until, now, window)) one = {now + window, 0};
  return one.count += clue.count;
}

}  // namespace gw::detect
