#include "watch/folding.h"

#include <utility>

namespace gw::watch {

bool Folding::first(const Refusal& refusal, Instant now) {
  if (kinds_.empty() && others_ == 0) until_ = now + kPeriod;
  const Packet& packet = refusal.packet;
  const Kind kind{refusal.rule, refusal.interface, packet.protocol, packet.source.address,
                  packet.destination};
  if (const auto found = kinds_.find(kind); found != kinds_.end()) return ++found->second.count, false;
  if (kinds_.size() >= kMostKinds) return ++others_, false;
  kinds_.emplace(kind, Sum{refusal, 0});
  return true;
}

Folding::Sums Folding::take(Instant now) {
  Sums sums;
  if (now < until_) return sums;
  sums.others = std::exchange(others_, 0);
  for (auto& [kind, sum] : kinds_)
    if (sum.count != 0) sums.kinds.push_back(std::move(sum));
  kinds_.clear();
  return sums;
}

}  // namespace gw::watch
