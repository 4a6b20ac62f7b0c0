#include "detect/counts.h"

namespace gw::detect {
namespace {

constexpr std::chrono::seconds kLookEvery{1};  // through all of them: a flood must not make it often
constexpr std::chrono::seconds kDisorder{5};   // records of several processes are not quite in their order
/// A clock that was set back makes no window longer than itself.
bool is_over(CivilTime until, CivilTime now, std::chrono::seconds window) {
  return now >= until || now < until - window - kDisorder;
}

}  // namespace

bool Counts::make_room(CivilTime now) {
  if (windows_.size() < kMost) return true;
  if (now >= looked_ && now < looked_ + kLookEvery) return false;
  looked_ = now;
  std::erase_if(windows_, [now](const auto& entry) {
    return is_over(entry.second.until, now, rule(entry.first.kind).window);
  });
  return windows_.size() < kMost;
}

std::uint64_t Counts::add(const Clue& clue, CivilTime now) {
  const std::chrono::seconds window = rule(clue.kind).window;
  const Key key{clue.kind, clue.tenant, clue.subject};
  auto found = windows_.find(key);
  if (found == windows_.end()) {
    if (!make_room(now)) return 0;
    found = windows_.emplace(key, Window{}).first;
  }
  Window& one = found->second;
  if (is_over(one.until, now, window)) one = {now + window, 0};
  return one.count += clue.count;
}

}  // namespace gw::detect
