#pragma once

#include <optional>
#include <string>

#include "proxy/dial_client.h"
#include "proxy/leg.h"

namespace gw::proxy {

/// Why it ends here, or nothing if it goes on.
using Verdict = std::optional<model::CloseReason>;

/// Somebody on his way to the cloud: what he waits on, and whether he is to end, which is looked at whenever
/// he was woken. Both outlive the steps.
struct Walker {
  sys::Wake& wake;
  const Verdict& ending;
};

/// Asks the dialer for a connection. The answer, or why he is to end.
sys::Task<DialClient::Answer> dial_for(Walker walker, DialClient& dialer, model::Generation generation,
                                       model::ServiceId service, std::chrono::milliseconds limit);

/// `detail` gets the library's own words for a failure.
sys::Task<Verdict> shake_hands(Walker walker, SocketLeg& leg, std::string& detail);

}  // namespace gw::proxy
