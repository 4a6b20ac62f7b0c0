#include "detect/detector.h"

#include <iterator>
#include <utility>

#include "detect/writers.h"

namespace gw::detect {

void Detector::see(const Clue& clue, CivilTime now) {
  if (auto telling = episodes_.see(clue, now)) tellings_.push_back(std::move(*telling));
}

/// Enough of them within the window is one sighting of all, and each later one of the same window another.
/// Where one is enough there is nothing to count, nor to find room for.
void Detector::weigh(const Clue& clue, CivilTime now) {
  const std::uint64_t least = rule(clue.kind).least;
  if (least == 1) return see(clue, now);
  const std::uint64_t count = counts_.add(clue, now);
  if (count >= least) {
    Clue enough = clue;
    if (count - clue.count < least) enough.count = count;
    see(enough, now);
  }
  if (clue.kind != Kind::handshake_guess || count > kShare) return;
  weigh({.kind = Kind::handshake_crowd, .tenant = clue.tenant, .subject = {}, .detail = clue.detail}, now);
}

void Detector::resume(Episodes standing, Habits learnt) {
  if (!learnt.all().empty()) habits_ = std::move(learnt);
  episodes_ = std::move(standing);
  tellings_.clear();
}

void Detector::take(const model::Record& record) {
  if (!is_listened_to(record)) return;
  trials_.take(record);
  const auto clue = clue_in(record);
  const bool is_own = clue && clue->kind == Kind::egress_packet && trials_.are_under_way(record.time);
  if (clue && !is_own) weigh(*clue, record.time);
  if (const auto two = places_.take(record)) see(*two, record.time);
  for (const Clue& unlike : habits_.take(record)) see(unlike, record.time);
}

void Detector::sweep(CivilTime now) {
  for (const Clue& clue : places_.sweep(now)) see(clue, now);
  std::vector<Telling> due = episodes_.sweep(now);
  std::move(due.begin(), due.end(), std::back_inserter(tellings_));
}

}  // namespace gw::detect
