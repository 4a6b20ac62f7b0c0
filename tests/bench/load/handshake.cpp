#include <cstdlib>
#include "client.h"
#include "commands.h"
#include "window.h"

namespace gw::bench {
namespace {

struct Handshakes {
  Clients clients;
  Tally tally{};
};

sys::Task<bool> connect_once(Handshakes& run) {
  const Instant start = system_clock().now();
  UniqueFd fd = run.clients.connect();
  if (!fd) co_return false;
  Link link(run.clients.loop(), Side::client, run.clients.context(), std::move(fd));
  const bool proven = co_await prove(link, run.clients.loop());
  if (!proven) co_return false;
  run.tally.waited(start);
  ++run.tally.units;
  link.say_goodbye();
  co_return true;
}

sys::Detached connect_forever(Handshakes& run) {
  constexpr std::uint64_t kEnough = 1000;  // then there is nothing to measure
  while (run.tally.errors < kEnough) {
    const bool proven = co_await connect_once(run);
    if (!proven) ++run.tally.errors;
  }
}

}  // namespace

int run_handshake(const Options& options) {
  Loop loop = make_loop();
  Handshakes run{Clients(loop, options)};
  Window window(loop, options);
  for (int left = static_cast<int>(options.number("connections", 32)); left > 0; --left) connect_forever(run);
  std::quick_exit(window.run(run.tally));
}

}  // namespace gw::bench
