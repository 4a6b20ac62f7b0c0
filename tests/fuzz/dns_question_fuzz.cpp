#include <cstdint>
#include <cstdlib>

#include "unit/names/ask.h"

namespace names = gw::names;

namespace {

void expect(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const names::Zones zones(names::tests::sample_view(), gw::model::Generation(7));
  const gw::Bytes message(data, size);
  const auto over_udp = names::answer(message, zones, names::Transport::udp);
  const auto over_tcp = names::answer(message, zones, names::Transport::tcp);
  expect(over_udp.has_value() == over_tcp.has_value());
  if (!over_udp) return 0;
  // Answers are never answered, so two servers cannot keep each other busy.
  expect(!names::answer(*over_udp, zones, names::Transport::udp));
  expect(over_udp->size() <= names::kMostAmplification * size && over_udp->size() <= gw::dns::kUdpPayload);
  expect(over_tcp->size() <= 0xffff);
  return 0;
}
