#pragma once

#include "probe/resumption.h"
#include "probe/resumption_terminal.h"

namespace gw::probe {

/// Where the trials are made: the listeners of two tenants, of one profile, by one version.
struct TrialGround {
  const TrialTenant& a;
  const TrialTenant& b;
  Place& at_a;
  Place& at_b;
  int version;        ///< TLS1_2_VERSION or TLS1_3_VERSION
  std::string words;  ///< "HIGH-12, TLS 1.2"
};

/// The trials at these two places. tls.setup_failed where one could not be made: nothing was there to be
/// offered.
Result<std::vector<ResumptionTrial>> try_resumption_at(const TrialGround& ground);

}  // namespace gw::probe
