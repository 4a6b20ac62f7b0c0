#include <cstdint>
#include <cstdlib>

#include "watch/segments.h"

/// What is read is judged as well: by a segment that knows little and refuses what it can.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gw;
  const auto frame = watch::read_frame({data, size});
  if (!frame) return 0;
  model::LanSegment segment;
  segment.interface = "lan0";
  segment.addresses = {{model::IpAddress(model::Family::ipv4, {10, 1, 0, 1}), 24}};
  segment.second_path = model::SecondPath::refuse_terminal;
  segment.devices = {{"desk-1", {{2, 0, 0, 0, 0, 1}}, {}}};
  watch::Segments segments;
  segments.follow({segment});
  const auto heard = segments.hear("lan0", *frame, {});
  if (heard.told.size() > 4) std::abort();
  for (const auto& refusal : heard.refusals)
    if (!segment.addresses[0].contains(refusal.source) || refusal.source == segment.addresses[0].address)
      std::abort();
  return 0;
}
