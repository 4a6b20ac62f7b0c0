#include "second_path.h"

#include <algorithm>

namespace gw::supervisor {
namespace {

bool is_among(const std::vector<model::IpAddress>& list, const model::IpAddress& address) {
  return std::find(list.begin(), list.end(), address) != list.end();
}

/// The segment the address lies on, unless it is the box's or a server's there.
const model::LanSegment* segment_of(const Edition& in_force, const model::IpAddress& source) {
  for (const model::LanSegment& segment : in_force.wiring.segments) {
    if (is_among(segment.routers, source) || is_among(segment.dhcp_servers, source)) return nullptr;
    for (const model::Prefix& prefix : segment.addresses)
      if (prefix.contains(source)) return prefix.address == source ? nullptr : &segment;
  }
  return nullptr;
}

Error refused(const char* why) { return {ErrorCode::cut_not_by_itself, why}; }

}  // namespace

model::Cut cut_of(const model::IpAddress& source) { return {model::Cut::What::source, {}, source.to_text()}; }

bool is_cut(const model::Cut& cut, const std::vector<model::Cut>& cuts) {
  return std::find(cuts.begin(), cuts.end(), cut) != cuts.end();
}

Result<> may_refuse(const ipc::watch::SecondPath& told, const Edition& in_force,
                    const std::vector<model::Cut>& cuts) {
  if (model::consequence_of(told.finding) != model::Consequence::refusal)
    return refused("nobody is refused for this finding");
  const model::LanSegment* segment = segment_of(in_force, told.source);
  if (segment == nullptr) return refused("no terminal of a segment has this address");
  if (segment->second_path != model::SecondPath::refuse_terminal)
    return refused("the segment's second_path is alert");
  const auto sources = std::count_if(
      cuts.begin(), cuts.end(), [](const model::Cut& cut) { return cut.what == model::Cut::What::source; });
  if (static_cast<std::size_t>(sources) >= kMostRefused && !is_cut(cut_of(told.source), cuts))
    return refused("128 addresses are cut off already; restore those that may come back");
  return Done{};
}

}  // namespace gw::supervisor
