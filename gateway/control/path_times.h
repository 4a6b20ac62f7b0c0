#pragma once

#include <chrono>
#include <map>

#include "metrics/ledger.h"

namespace gw::control {

/// How long the way to each service takes, from one round to the next: what its sessions needed until they
/// stood. One thread.
class PathTimes {
 public:
  using Time = std::chrono::milliseconds;

  /// A session has reached its service: `dial` of the whole was the dialer's, and `name` of that was the
  /// name's; the rest was TLS on both sides.
  void note(const metrics::Labels& service_and_tenant, Time whole, Time dial, Time name);
  /// The averages since the last time; nothing of a service that nobody reached meanwhile.
  void tell(metrics::Ledger& ledger);

 private:
  struct Sum {
    Time name{0}, connection{0}, tls{0};
    int sessions = 0;
  };
  std::map<metrics::Labels, Sum> sums_{};
};

}  // namespace gw::control
