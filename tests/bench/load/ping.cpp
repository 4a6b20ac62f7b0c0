#include <algorithm>
#include <cstdlib>

#include "client.h"
#include "commands.h"
#include "window.h"

namespace gw::bench {
namespace {

struct Pings {
  Clients clients;
  std::vector<std::uint8_t> message;
  Tally tally{};
};

sys::Task<bool> ping_once(Link& link, Pings& run) {
  const Instant start = system_clock().now();
  const MutableBytes room = run.clients.loop().scratch.plain();
  link.queue(run.message);
  for (std::size_t left = run.message.size(); left > 0;) {
    const std::size_t size = co_await link.read(room);
    if (size == 0) co_return false;
    left -= std::min(left, size);
  }
  run.tally.waited(start);
  ++run.tally.units;
  co_return true;
}

sys::Detached ping_forever(Pings& run) {
  Link link(run.clients.loop(), Side::client, run.clients.context(), run.clients.connect());
  bool open = co_await prove(link, run.clients.loop());
  while (open) open = co_await ping_once(link, run);
  ++run.tally.errors;
}

}  // namespace

int run_ping(const Options& options) {
  Loop loop = make_loop();
  const auto size = static_cast<std::size_t>(options.number("size", 256));
  Pings run{Clients(loop, options), std::vector<std::uint8_t>(size, static_cast<std::uint8_t>(Wish::echo))};
  Window window(loop, options);
  for (int left = static_cast<int>(options.number("connections", 64)); left > 0; --left) ping_forever(run);
  std::quick_exit(window.run(run.tally));
}

}  // namespace gw::bench
