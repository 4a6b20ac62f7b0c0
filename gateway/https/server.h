#pragma once

#include <map>
#include <memory>
#include <set>

#include "https/connection.h"
#include "sys/gate.h"

namespace gw::https {

/// Caps of a server, counted before a connection is accepted: whoever comes above waits in the kernel's
/// queue.
struct Limits {
  std::uint32_t connections = 64;
  std::uint32_t connections_per_source = 8;  ///< beyond it a source is turned away
};

/// HTTPS for a few clients, on a listening socket that the supervisor made. One thread.
class Server {
 public:
  Server(sys::Reactor& reactor, Limits limits, Service service);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// From now on new connections are served by this context; without one they are closed at once. `listener`
  /// is for that endpoint, in the place of whichever there was, unless it is the same endpoint.
  Result<> serve(tls::ContextPtr context, const model::Endpoint& endpoint, UniqueFd listener);
  /// Ends the connections of those who are not admitted any more.
  void turn_out();
  /// Accepts nobody any more, and ends those that are there.
  void stop();
  bool empty() const { return gate_.count() == 0; }

 private:
  struct Door;

  static sys::Detached keep_door(Server& server, std::shared_ptr<Door> door);
  static sys::Detached live(Server& server, UniqueFd fd, model::Endpoint source, sys::Gate::Pass pass);
  bool accept_one(Door& door);
  bool has_place(const model::Endpoint& source) const;
  void close_door();

  tls::Scratch scratch_;
  Surroundings around_;
  Limits limits_;
  sys::Gate gate_;
  std::shared_ptr<Door> door_;
  std::set<Connection*> connections_;
  std::map<model::IpAddress, std::uint32_t> by_source_;
};

}  // namespace gw::https
