#include "watch/scans.h"

namespace gw::watch {

Scans::Source* Scans::follow(const model::IpAddress& address, Instant now) {
  if (const auto found = sources_.find(address); found != sources_.end()) return &found->second;
  if (sources_.size() >= kMostSources)
    std::erase_if(sources_, [now](const auto& entry) {
      return entry.second.until <= now && entry.second.quiet_until <= now;
    });
  if (sources_.size() >= kMostSources) return nullptr;
  return &sources_[address];
}

std::optional<Scans::Kind> Scans::see(const Packet& packet, Instant now) {
  Source* const source = follow(packet.source.address, now);
  if (source == nullptr || now < source->quiet_until) return {};
  if (now >= source->until) {
    source->ports.clear();
    source->addresses.clear();
    source->until = now + kWindow;
  }
  // The two sets stay small: each stops growing when it is told.
  if (packet.destination.port != 0) source->ports.insert(packet.destination.port);
  source->addresses.insert(packet.destination.address);
  std::optional<Kind> seen;
  if (source->ports.size() >= kManyPorts) seen = Kind::ports;
  if (source->addresses.size() >= kManyAddresses) seen = Kind::addresses;
  if (seen) source->quiet_until = now + kQuiet;
  return seen;
}

}  // namespace gw::watch
