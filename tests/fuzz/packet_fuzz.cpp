#include <cstdint>
#include <cstdlib>

#include "watch/packet.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto packet = gw::watch::read_packet({data, size});
  if (packet && packet->source.address.family() != packet->destination.address.family()) std::abort();
  if (packet && gw::watch::protocol_name(packet->protocol).empty()) std::abort();
  return 0;
}
