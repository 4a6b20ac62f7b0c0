#include "control/path_times.h"

#include <algorithm>
#include <utility>

namespace gw::control {

void PathTimes::note(const metrics::Labels& service_and_tenant, Time whole, Time dial) {
  Sum& sum = sums_[service_and_tenant];
  sum.dial += dial;
  sum.tls += whole - std::min(whole, dial);
  ++sum.sessions;
}

void PathTimes::tell(metrics::Ledger& ledger) {
  ledger.forget(metrics::FamilyId::path_dial);
  ledger.forget(metrics::FamilyId::path_tls);
  for (const auto& [labels, sum] : std::exchange(sums_, {})) {
    const auto average = [&](Time time) { return static_cast<double>(time.count()) / 1'000 / sum.sessions; };
    ledger.set(metrics::FamilyId::path_dial, labels, average(sum.dial));
    ledger.set(metrics::FamilyId::path_tls, labels, average(sum.tls));
  }
}

}  // namespace gw::control
