#include "watch/segments.h"

#include <utility>

namespace gw::watch {

void Segments::follow(std::vector<model::LanSegment> segments) {
  auto before = std::exchange(judges_, {});
  for (model::LanSegment& segment : segments) {
    auto node = before.extract(segment.interface);
    if (node.empty()) {
      const std::string interface = segment.interface;
      judges_.emplace(interface, Judge(std::move(segment)));
      continue;
    }
    node.mapped().follow(std::move(segment));
    judges_.insert(std::move(node));
  }
}

Segments::Heard Segments::hear(const std::string& interface, const Frame& frame, Instant now) {
  Heard heard;
  const auto judge = judges_.find(interface);
  if (judge == judges_.end()) return heard;
  for (const Sighting& sighting : judge->second.see(frame, now)) {
    if (tellings_.first(interface, sighting, now)) heard.told.push_back({interface, sighting, 0});
    for (const model::IpAddress& source : judge->second.to_refuse(sighting, now))
      if (may_ask(source, now)) heard.refusals.push_back({source, sighting.finding});
  }
  return heard;
}

bool Segments::may_ask(const model::IpAddress& source, Instant now) {
  std::erase_if(asked_, [now](const auto& entry) { return entry.second <= now; });
  if (asked_.size() >= kMostAsked) return false;
  return asked_.emplace(source, now + Tellings::kPeriod).second;
}

}  // namespace gw::watch
