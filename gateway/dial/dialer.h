#pragma once

#include <set>
#include <utility>
#include <vector>

#include "dial/address_rules.h"
#include "dial/endpoint_health.h"
#include "dial/race.h"
#include "dial/resolver.h"
#include "dial/tables.h"
#include "ipc/record_sink.h"

namespace gw::dial {

/// Connects one tenant's services and their responders (architecture 3.1, row 9). Only addresses that the
/// configuration fixes or that this dialer resolved itself are dialled, and of these none that may_dial() or
/// is_own_address() forbids (WLS-02, W8, decision D9). Remembers which endpoints fail. Single thread; must
/// outlive its tasks.
class Dialer {
 public:
  static constexpr std::size_t kMaxCandidates = 16;

  Dialer(sys::Reactor& reactor, ipc::RecordSink& records)
      : reactor_(reactor), records_(records), resolver_(reactor) {}
  Dialer(const Dialer&) = delete;
  Dialer& operator=(const Dialer&) = delete;

  /// The table that came into force: its resolvers are asked from now on.
  void adopt(const model::DialTable& table);

  /// A socket to the service, or why not: upstream_unresolved, _forbidden, _refused or _timeout. The service
  /// must be in the table, which the task keeps.
  sys::Task<Outcome> dial(TablePtr table, model::ServiceId service, Instant deadline);
  /// The same for any target of the table.
  sys::Task<Outcome> reach(TablePtr table, const model::DialTarget& target, Instant deadline);

  /// No lookup is under way; with no dial under way either it may be destroyed.
  bool idle() const { return resolver_.idle(); }

 private:
  std::vector<model::Endpoint> permitted(const Addresses& addresses, NamedBy named_by,
                                         const model::DialTable& table, const model::DialTarget& target);
  void report_refused(const model::DialTarget& target, const model::Endpoint& endpoint);
  void learn(const std::vector<Finding>& findings, const model::DialTarget& target);

  sys::Reactor& reactor_;
  ipc::RecordSink& records_;
  Resolver resolver_;
  EndpointHealth health_;
  std::set<model::Endpoint> refused_;  ///< already reported under this table
};

}  // namespace gw::dial
