#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace gw::probe {

/// One way in which a TLS session might have been carried elsewhere, and what became of it.
struct ResumptionTrial {
  std::string tried;
  bool held;
  std::string evidence;  ///< one sentence: what both ends saw
};

/// Tries to be resumed at listeners of two tenants, by TLS 1.3 and by TLS 1.2 where HIGH-12 lets it be
/// spoken, and to have early data taken (W4, ISO-07, NET-05). The listeners are what proxyd would serve for
/// tenants that exist for the trial alone; everything happens in this process's memory: no socket, no file,
/// no environment. tls.setup_failed where a trial could not be made, which says nothing about the box.
Result<std::vector<ResumptionTrial>> try_resumption();

}  // namespace gw::probe
