#include "https/server.h"

#include <sys/socket.h>

#include <cerrno>

#include "tls/accepted.h"

namespace gw::https {
namespace {

/// Others get their turn after so many.
constexpr int kAcceptsPerTurn = 16;

}  // namespace

struct Server::Door {
  Door(sys::Reactor& reactor, const model::Endpoint& at, UniqueFd listener)
      : endpoint(at), fd(std::move(listener)), wake(reactor) {}

  model::Endpoint endpoint;
  UniqueFd fd;
  sys::Wake wake;
  sys::Readiness readiness;
  bool is_shut = false;
};

Server::Server(sys::Reactor& reactor, Limits limits, Service service)
    : around_{reactor, scratch_, std::move(service), {}}, limits_(limits) {}

Result<> Server::serve(tls::ContextPtr context, const model::Endpoint& endpoint, UniqueFd listener) {
  around_.context = std::move(context);
  if (door_ && door_->endpoint == endpoint) return Done{};
  close_door();
  door_ = std::make_shared<Door>(around_.reactor, endpoint, std::move(listener));
  tls::tune_socket(door_->fd.get());
  GW_TRY(door_->readiness.attach(around_.reactor, door_->fd.get(), door_->wake));
  keep_door(*this, door_);
  return Done{};
}

void Server::close_door() {
  if (!door_) return;
  door_->is_shut = true;
  door_->wake.signal();
  door_.reset();
}

void Server::turn_out() {
  for (Connection* connection : connections_)
    if (!around_.service.admits(connection->source())) connection->end();
}

void Server::stop() {
  gate_.close();
  close_door();
  for (Connection* connection : connections_) connection->end();
}

bool Server::has_place(const model::Endpoint& source) const {
  const auto known = by_source_.find(source.address);
  return around_.context && around_.service.admits(source) &&
         (known == by_source_.end() || known->second < limits_.connections_per_source);
}

sys::Detached Server::keep_door(Server& server, std::shared_ptr<Door> door) {
  while (!door->is_shut) {
    int accepted = 0;
    while (accepted < kAcceptsPerTurn && server.accept_one(*door)) ++accepted;
    if (accepted == kAcceptsPerTurn) door->wake.signal();
    co_await door->wake;
  }
}

/// False: nobody is there, or there is no room.
bool Server::accept_one(Door& door) {
  if (!door.readiness.readable || gate_.count() >= limits_.connections) return false;
  auto pass = gate_.enter();
  if (!pass) return false;
  UniqueFd fd(::accept4(door.fd.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
  if (!fd) {
    if (errno == EAGAIN) door.readiness.readable = false;
    return errno == EINTR || errno == ECONNABORTED;
  }
  const model::Endpoint source = tls::remote_endpoint(fd.get());
  if (has_place(source)) live(*this, std::move(fd), source, *std::move(pass));
  return true;
}

sys::Detached Server::live(Server& server, UniqueFd fd, model::Endpoint source, sys::Gate::Pass pass) {
  ++server.by_source_[source.address];
  {
    Connection connection(server.around_, std::move(fd), source);
    server.connections_.insert(&connection);
    co_await connection.live();
    server.connections_.erase(&connection);
  }
  if (--server.by_source_[source.address] == 0) server.by_source_.erase(source.address);
  { const sys::Gate::Pass given_back = std::move(pass); }
  if (server.door_) server.door_->wake.signal();  // there is room again
}

}  // namespace gw::https
