// The octets are what a page sends on its WebSocket. In whatever pieces they come, they mean the same, and
// what is taken for an order keeps to the contract.

#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "https/websocket.h"
#include "web/live_order.h"

namespace https = gw::https;
namespace web = gw::web;

namespace {

constexpr std::size_t kLongest = 512;

void expect(bool condition) {
  if (!condition) std::abort();
}

void judge(std::string_view text) {
  const web::LiveOrder order = web::read_order(text);
  if (const auto* watch = std::get_if<web::WatchOrder>(&order)) {
    expect(!gw::api::check(watch->operation, watch->values));
    expect(gw::api::may_be_watched(gw::api::operation(watch->operation)));
    expect(watch->every >= web::WatchOrder::kMostOften && watch->every <= web::WatchOrder::kLeastOften);
  }
}

std::string read(gw::Bytes octets, std::size_t piece) {
  https::FrameReader reader(kLongest);
  std::string out;
  while (!octets.empty()) {
    gw::Bytes part = octets.first(std::min(piece, octets.size()));
    octets = octets.subspan(part.size());
    for (;;) {
      auto heard = reader.next(part);
      if (!heard) return out + std::to_string(static_cast<unsigned>(reader.verdict()));
      if (!*heard) break;
      expect((*heard)->payload.size() <= kLongest);
      if ((*heard)->kind == https::Heard::Kind::text) judge((*heard)->payload);
      out += std::to_string(static_cast<unsigned>((*heard)->kind)) + (*heard)->payload + "\n";
    }
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kMost = 4096;
  const gw::Bytes octets(data, std::min(size, kMost));
  const std::string whole = read(octets, kMost);
  for (const std::size_t piece : {std::size_t{1}, std::size_t{7}}) expect(read(octets, piece) == whole);
  judge(gw::as_text(octets));
  return 0;
}
