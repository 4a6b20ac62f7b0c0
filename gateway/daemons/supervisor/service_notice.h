#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "base/clock.h"
#include "base/fd.h"

namespace gw::supervisor {

/// What whoever keeps this process as a service is told (sd_notify(3)): that the box serves, and at least
/// twice within the time it is given that its loop turns. A loop that stands still is told of by silence.
/// Without NOTIFY_SOCKET nobody is told anything.
class ServiceNotice {
 public:
  /// What NOTIFY_SOCKET and WATCHDOG_USEC say; a socket that cannot be reached is none.
  static ServiceNotice from_environment();

  /// `serving`: a configuration is in force and every process has it. Told once.
  void tick(Instant now, bool serving);
  void stopping();

 private:
  void tell(std::string_view state) const;

  UniqueFd socket_;
  std::optional<std::chrono::microseconds> every_;  ///< between two signs of life; nobody may wait for them
  Instant due_{};
  bool told_ = false;
};

}  // namespace gw::supervisor
