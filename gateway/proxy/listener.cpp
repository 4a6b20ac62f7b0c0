#include "proxy/listener.h"

#include <sys/socket.h>

#include <cerrno>

#include "tls/accepted.h"

namespace gw::proxy {
namespace {

/// Others get their turn after so many.
constexpr int kAcceptsPerTurn = 64;

}  // namespace

Listener::Listener(Surroundings& surroundings, Admission& admission, sys::Gate& gate,
                   model::Endpoint endpoint, UniqueFd fd)
    : around_(surroundings),
      admission_(admission),
      gate_(gate),
      endpoint_(endpoint),
      fd_(std::move(fd)),
      wake_(surroundings.reactor) {}

Result<> Listener::start() {
  tls::tune_socket(fd_.get());  // accepted sockets inherit it
  GW_TRY(readiness_.attach(around_.reactor, fd_.get(), wake_));
  accept_all(shared_from_this());
  return Done{};
}

void Listener::stop() {
  stopped_ = true;
  wake_.signal();
}

sys::Detached Listener::accept_all(std::shared_ptr<Listener> self) {
  while (!self->stopped_) {
    self->accept_some();
    co_await self->wake_;
  }
}

void Listener::accept_some() {
  for (int i = 0; i < kAcceptsPerTurn; ++i)
    if (!accept_one()) return;
  wake_.signal();
}

bool Listener::accept_one() {
  if (!readiness_.readable) return false;
  auto pass = gate_.enter();
  auto ticket = admission_.take_ticket(around_.reactor.now());
  if (!pass || !ticket) return false;
  UniqueFd fd(::accept4(fd_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
  if (!fd) {
    admission_.nobody_came();
    // Out of descriptors is not the queue's end: the next sweep tries again.
    if (errno == EAGAIN) readiness_.readable = false;
    return errno == EINTR || errno == ECONNABORTED;
  }
  const model::Endpoint source = tls::remote_endpoint(fd.get());
  if (!ticket->admit_source(source.address, around_.reactor.now())) {
    around_.records.limited(source.address);
    const linger reset{1, 0};
    ::setsockopt(fd.get(), SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    return true;
  }
  serve(around_, std::move(fd), source, endpoint_, *std::move(ticket), *std::move(pass));
  return true;
}

sys::Detached Listener::serve(Surroundings& around, UniqueFd fd, model::Endpoint source,
                              model::Endpoint local, Admission::Ticket ticket, sys::Gate::Pass) {
  Session session(around, std::move(fd), source, local, std::move(ticket));
  co_await session.live();
}

}  // namespace gw::proxy
