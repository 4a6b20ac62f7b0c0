#include "control/path_times.h"

#include <algorithm>
#include <utility>

namespace gw::control {

void PathTimes::note(const metrics::Labels& service_and_tenant, Time whole, Time dial, Time name) {
  Sum& sum = sums_[service_and_tenant];
  sum.name += name;
  sum.connection += dial - std::min(dial, name);
  sum.tls += whole - std::min(whole, dial);
  ++sum.sessions;
}

void PathTimes::tell(metrics::Ledger& ledger) {
  using metrics::FamilyId;
  for (const FamilyId family : {FamilyId::path_dns, FamilyId::path_tcp, FamilyId::path_tls})
    ledger.forget(family);
  for (const auto& [labels, sum] : std::exchange(sums_, {})) {
    const auto average = [&](Time time) { return static_cast<double>(time.count()) / 1'000 / sum.sessions; };
    ledger.set(FamilyId::path_dns, labels, average(sum.name));
    ledger.set(FamilyId::path_tcp, labels, average(sum.connection));
    ledger.set(FamilyId::path_tls, labels, average(sum.tls));
  }
}

}  // namespace gw::control
