#include "watch/tellings.h"

#include <utility>

namespace gw::watch {

bool Tellings::first(const std::string& interface, const Sighting& sighting, Instant now) {
  Kind& kind = kinds_[sighting.finding];
  const auto found = kind.devices.find({interface, sighting.mac});
  if (found != kind.devices.end()) return ++found->second.sum.count, false;
  if (kind.devices.size() >= kMostDevices) {
    if (kind.others++ == 0) kind.others_until = now + kPeriod;
    return false;
  }
  kind.devices.emplace(Device{interface, sighting.mac}, Told{{interface, sighting, 0}, now + kPeriod});
  return true;
}

Tellings::Sums Tellings::take(Instant now) {
  Sums sums;
  for (auto& [finding, kind] : kinds_) {
    std::erase_if(kind.devices, [&](auto& entry) {
      if (now < entry.second.until) return false;
      if (entry.second.sum.count != 0) sums.devices.push_back(std::move(entry.second.sum));
      return true;
    });
    if (kind.others != 0 && now >= kind.others_until)
      sums.others.push_back({finding, std::exchange(kind.others, 0)});
  }
  return sums;
}

}  // namespace gw::watch
