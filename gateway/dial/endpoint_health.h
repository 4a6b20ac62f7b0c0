#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <vector>

#include "base/clock.h"
#include "model/address.h"

namespace gw::dial {

/// Which endpoints failed lately, and when each deserves another try. Pure; the caller brings the time.
/// An endpoint nobody complained of is not in here and counts as healthy.
class EndpointHealth {
 public:
  static constexpr std::chrono::seconds kFirstPause{1};
  static constexpr std::chrono::seconds kLongestPause{60};
  static constexpr std::size_t kMaxRemembered = 1024;

  /// The order to try in: by preference those that are healthy or due for a probe, then those still paused,
  /// nearest end of pause first (when all fail, the least hopeless is worth a try). A due endpoint stands at
  /// its place of preference, so the preferred path comes back; it is given out for probing once a pause,
  /// so that not every caller pays for a probe that fails.
  std::vector<model::Endpoint> order(const std::vector<model::Endpoint>& preference, Instant now);

  /// True if it counted as healthy until now. Each further failure doubles the pause.
  bool failed(const model::Endpoint& endpoint, Instant now);
  /// True if it counted as failed until now.
  bool succeeded(const model::Endpoint& endpoint) { return ailing_.erase(endpoint) > 0; }

 private:
  struct Ailment {
    std::chrono::seconds pause{kFirstPause};
    Instant retry_at{};
  };
  void make_room();

  std::map<model::Endpoint, Ailment> ailing_;
};

}  // namespace gw::dial
