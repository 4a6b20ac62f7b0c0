#pragma once

#include <map>
#include <string>
#include <vector>

#include "dial/dns_cache.h"
#include "dial/dns_message.h"
#include "dial/endpoint_health.h"
#include "sys/gate.h"
#include "sys/reactor.h"
#include "sys/task.h"

namespace gw::dial {

/// Stub resolver of one tenant: asks the configured servers for A and AAAA together, in order of preference
/// with those that answer first, and keeps what they said in its cache. Callers that ask for the same name at
/// the same time share one lookup. A server that says "no such name" is believed; one that fails, refuses
/// or stays silent is passed over. Single thread; must outlive its tasks.
class Resolver {
 public:
  explicit Resolver(sys::Reactor& reactor) : reactor_(reactor) {}
  Resolver(const Resolver&) = delete;
  Resolver& operator=(const Resolver&) = delete;

  /// The servers from now on. Other servers, other answers: a change empties the cache.
  void use(const std::vector<model::Endpoint>& servers);

  /// The name's addresses; none if there are none or nobody knows by `deadline`. With an old answer at hand
  /// it waits kPatience at most before making do with that (RFC 8767 5). `name` must outlive the task.
  sys::Task<Addresses> resolve(const std::string& name, Instant deadline);
  /// No lookup is under way, so it may be destroyed.
  bool idle() const { return gate_.count() == 0; }

 private:
  static constexpr std::chrono::milliseconds kPatience{1'800};
  using Waiters = std::vector<sys::Wake*>;

  sys::Detached look_up(std::string name, sys::Gate::Pass pass);
  sys::Task<dns::Answer> ask_all(const std::string& name);
  void conclude(const std::string& name, const dns::Answer& answer);
  void wait_for(const std::string& name, sys::Wake& wake);
  void wait_no_more(const std::string& name, const sys::Wake& wake);

  sys::Reactor& reactor_;
  std::vector<model::Endpoint> servers_;
  EndpointHealth health_;
  DnsCache cache_;
  std::map<std::string, Waiters> under_way_;
  sys::Gate gate_;
};

}  // namespace gw::dial
