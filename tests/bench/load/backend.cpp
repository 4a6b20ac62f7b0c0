#include <fcntl.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>

#include "client.h"
#include "commands.h"
#include "lines.h"

namespace gw::bench {
namespace {

struct Backend {
  Loop loop;
  Context context;
  std::uint64_t handshakes = 0;
  std::uint64_t resumed = 0;
  bool over = false;
};

/// Returns when the connection is over.
sys::Task<> sink(Link& link, MutableBytes room) {
  for (;;) {
    const std::size_t size = co_await link.read(room);
    if (size == 0) co_return;
  }
}

sys::Task<> source(Link& link, MutableBytes room) {
  constexpr int kRecords = 8;  // a send
  std::fill(room.begin(), room.end(), std::uint8_t{'G'});
  const std::vector<std::uint8_t> record(room.begin(), room.end());
  for (;;) {
    for (int i = 0; i < kRecords; ++i) link.queue(record);
    const bool open = co_await link.drain();
    if (!open) co_return;
  }
}

sys::Task<> echo(Link& link, MutableBytes room, std::size_t first) {
  std::size_t size = first;
  while (size > 0) {
    link.queue(room.first(size));
    size = co_await link.read(room);
  }
}

sys::Detached serve(Backend& backend, UniqueFd fd) {
  Link link(backend.loop, Side::server, backend.context.get(), std::move(fd));
  if (!co_await link.handshake()) co_return;
  ++backend.handshakes;
  if (link.resumed()) ++backend.resumed;
  const MutableBytes room = backend.loop.scratch.plain();
  const std::size_t size = co_await link.read(room);
  if (size == 0) co_return;
  switch (static_cast<Wish>(room[0])) {
    case Wish::sink:
      co_await sink(link, room);
      break;
    case Wish::source:
      co_await source(link, room);
      break;
    case Wish::echo:
      co_await echo(link, room, size);
      break;
  }
  link.say_goodbye();
}

sys::Detached accept_all(Backend& backend, int listener) {
  sys::Wake wake(*backend.loop.reactor);
  sys::Readiness readiness;
  if (!readiness.attach(*backend.loop.reactor, listener, wake)) give_up("epoll");
  for (;;) {
    for (;;) {
      UniqueFd fd(::accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
      if (!fd) break;
      serve(backend, std::move(fd));
    }
    co_await wake;
  }
}

/// Each line asks for the counters.
sys::Detached answer(Backend& backend) {
  Lines lines(backend.loop);
  for (;;) {
    const std::string line = co_await lines.next();
    if (line.empty()) break;
    std::printf("{\"handshakes\": %llu, \"resumed\": %llu}\n",
                static_cast<unsigned long long>(backend.handshakes),
                static_cast<unsigned long long>(backend.resumed));
    std::fflush(stdout);
  }
  backend.over = true;
}

UniqueFd listen_on(const std::string& text) {
  const sockaddr_in address = loopback_address(text);
  UniqueFd fd(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  const int on = 1;
  ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (::bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(fd.get(), 4096) != 0)
    give_up("cannot listen on " + text);
  return fd;
}

}  // namespace

int run_backend(const Options& options) {
  const Tickets tickets = options.text("tickets", "some") == "none" ? Tickets::none : Tickets::some;
  Backend backend{make_loop(), make_context(Side::server, options.text("certs"),
                                            options.text("name", "backend"), tickets)};
  const UniqueFd listener = listen_on(options.text("listen"));
  accept_all(backend, listener.get());
  answer(backend);
  while (!backend.over) backend.loop.reactor->run_once(std::chrono::seconds(1));
  std::quick_exit(0);  // connections still open end with the process
}

}  // namespace gw::bench
