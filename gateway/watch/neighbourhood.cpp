#include "watch/neighbourhood.h"

namespace gw::watch {

Neighbourhood::Entry& Neighbourhood::find(const model::IpAddress& address, const Holder& holder) {
  if (const auto known = by_address_.find(address); known != by_address_.end()) {
    order_.splice(order_.begin(), order_, known->second.place);
    return known->second;
  }
  if (by_address_.size() >= kMost) {
    by_address_.erase(order_.back());
    order_.pop_back();
  }
  order_.push_front(address);
  return by_address_.emplace(address, Entry{holder, {}, order_.begin()}).first->second;
}

bool Neighbourhood::claim(const model::IpAddress& address, const model::MacAddress& mac, Instant now) {
  Entry& entry = find(address, {mac, now});
  if (entry.latest.mac != mac) {
    entry.other = entry.latest;
    entry.latest.mac = mac;
  }
  entry.latest.heard = now;
  return entry.other && now < entry.other->heard + kTogether;
}

std::vector<model::IpAddress> Neighbourhood::alone(const model::MacAddress& mac, Instant now,
                                                   std::size_t most) const {
  std::vector<model::IpAddress> out;
  for (const model::IpAddress& address : order_) {
    const Entry& entry = by_address_.at(address);
    const bool shared = entry.other && now < entry.other->heard + kDoubt;
    if (entry.latest.mac == mac && !shared) out.push_back(address);
    if (out.size() == most) break;
  }
  return out;
}

}  // namespace gw::watch
