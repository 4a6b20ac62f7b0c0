#include <array>
#include <cstdlib>

#include "client.h"
#include "commands.h"
#include "window.h"

namespace gw::bench {
namespace {

struct Bulk {
  Clients clients;
  Tally tally{};
};

sys::Task<> send_forever(Link& link, Bulk& bulk) {
  constexpr int kRecords = 8;  // a send
  const std::vector<std::uint8_t> record(tls::Scratch::kPlain, static_cast<std::uint8_t>(Wish::sink));
  for (;;) {
    for (int i = 0; i < kRecords; ++i) link.queue(record);
    bulk.tally.units += kRecords * record.size();
    const bool open = co_await link.drain();
    if (!open) co_return;
  }
}

sys::Task<> receive_forever(Link& link, Bulk& bulk) {
  const std::array wish{static_cast<std::uint8_t>(Wish::source)};
  link.queue(wish);
  const MutableBytes room = bulk.clients.loop().scratch.plain();
  for (;;) {
    const std::size_t size = co_await link.read(room);
    if (size == 0) co_return;
    bulk.tally.units += size;
  }
}

sys::Detached transfer(Bulk& bulk, bool up) {
  Link link(bulk.clients.loop(), Side::client, bulk.clients.context(), bulk.clients.connect());
  if (co_await link.handshake()) {
    if (up)
      co_await send_forever(link, bulk);
    else
      co_await receive_forever(link, bulk);
  }
  ++bulk.tally.errors;
}

}  // namespace

int run_bulk(const Options& options) {
  Loop loop = make_loop();
  Bulk bulk{Clients(loop, options)};
  Window window(loop, options);
  const bool up = options.text("direction") == "up";
  for (int left = static_cast<int>(options.number("connections", 8)); left > 0; --left) transfer(bulk, up);
  std::quick_exit(window.run(bulk.tally));
}

}  // namespace gw::bench
