#include "detect/episodes.h"

#include <algorithm>
#include <utility>

namespace gw::detect {

Episodes::Episodes(std::vector<Episode> standing, std::uint64_t next) : next_(next) {
  for (Episode& one : standing) {
    const CivilTime told = one.last;
    const std::uint64_t count = one.count;
    all_.push_back({std::move(one), told, count});
  }
}

Episodes::Standing* Episodes::find(const Clue& clue) {
  const auto found = std::ranges::find_if(all_, [&](const Standing& one) {
    return one.episode.kind == clue.kind && one.episode.tenant == clue.tenant &&
           one.episode.subject == clue.subject;
  });
  return found == all_.end() ? nullptr : &*found;
}

bool Episodes::has_room_for(const Clue& clue) const {
  std::size_t of_kind = 0, of_tenant = 0;
  for (const Standing& one : all_) {
    if (one.episode.kind != clue.kind) continue;
    ++of_kind;
    if (one.episode.tenant == clue.tenant) ++of_tenant;
  }
  return of_kind < kMostOfKind && of_tenant < kMostOfTenant;
}

std::optional<Telling> Episodes::see(const Clue& clue, CivilTime now) {
  Clue of = clue;
  Standing* known = find(of);
  if (known == nullptr && !has_room_for(clue)) {
    of.subject.clear();
    known = find(of);
  }
  if (known != nullptr) {
    known->episode.count += of.count;
    known->episode.last = now;
    known->episode.detail = of.detail;
    return std::nullopt;
  }
  const Episode episode{next_++, of.kind, of.tenant, of.subject, of.detail, now, now, of.count, false};
  all_.push_back({episode, now, episode.count});
  return Telling{Step::begun, episode};
}

std::vector<Episode> Episodes::all() const {
  std::vector<Episode> out;
  for (const Standing& one : all_) out.push_back(one.episode);
  return out;
}

std::vector<Telling> Episodes::sweep(CivilTime now) {
  std::vector<Telling> out;
  all_.remove_if([&](Standing& one) {
    Episode& episode = one.episode;
    if (now < episode.last) episode.last = now;  // the clock was set back
    if (now < one.told) one.told = now;
    if (now - episode.last >= rule(episode.kind).quiet) {
      episode.is_over = true;
      out.push_back({Step::over, episode});
      return true;
    }
    if (now - one.told >= kStillEvery && episode.count > one.told_count) {
      one.told = now;
      one.told_count = episode.count;
      out.push_back({Step::still, episode});
    }
    return false;
  });
  return out;
}

}  // namespace gw::detect
