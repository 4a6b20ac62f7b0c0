#include <cstdio>
#include <cstdlib>

#include "client.h"
#include "commands.h"
#include "lines.h"

namespace gw::bench {
namespace {

struct Idle {
  Clients clients;
  sys::Wake changed;
  unsigned started = 0;
  unsigned proven = 0;  // whole way and back, and still open
  unsigned lost = 0;    // never proven, or ended since
  bool over = false;
};

sys::Detached hold(Idle& idle) {
  ++idle.started;
  Link link(idle.clients.loop(), Side::client, idle.clients.context(), idle.clients.connect());
  const bool proven = co_await prove(link, idle.clients.loop());
  if (proven) {
    ++idle.proven;
    idle.changed.signal();
    co_await link.read(idle.clients.loop().scratch.plain());  // nothing comes but the end
    --idle.proven;
  }
  ++idle.lost;
  idle.changed.signal();
}

sys::Task<> open_up_to(Idle& idle, unsigned wanted) {
  constexpr unsigned kAtOnce = 32;
  while (idle.proven < wanted && idle.lost == 0) {
    while (idle.started < wanted && idle.started - idle.proven < kAtOnce) hold(idle);
    co_await idle.changed;
  }
}

/// Each line is a number of connections that shall be open; answers when they are.
sys::Detached obey(Idle& idle) {
  Lines lines(idle.clients.loop());
  for (;;) {
    const std::string line = co_await lines.next();
    if (line.empty()) break;
    co_await open_up_to(idle, static_cast<unsigned>(std::stoul(line)));
    std::printf("{\"open\": %u, \"lost\": %u}\n", idle.proven, idle.lost);
    std::fflush(stdout);
  }
  idle.over = true;
}

}  // namespace

int run_idle(const Options& options) {
  Loop loop = make_loop();
  Idle idle{Clients(loop, options), sys::Wake(*loop.reactor)};
  obey(idle);
  while (!idle.over) loop.reactor->run_once(std::chrono::seconds(1));
  std::quick_exit(0);  // connections still open end with the process
}

}  // namespace gw::bench
