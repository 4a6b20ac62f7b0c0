#pragma once

#include <cstdint>
#include <vector>

#include "base/clock.h"
#include "link.h"
#include "options.h"

namespace gw::bench {

/// What the connections of a run count as they go.
struct Tally {
  std::uint64_t units = 0;   ///< bytes, handshakes or messages, as the scenario has it
  std::uint64_t errors = 0;  ///< connections that broke
  std::vector<std::uint32_t> waits_us{};

  void waited(Instant since);
};

/// A measured stretch of a run. The processes under test are named with --watch; their CPU time is read from
/// their CPU clocks (all threads, user and system) in the moments at which the window opens and closes.
class Window {
 public:
  Window(Loop& loop, const Options& options);
  /// Runs the loop through warm-up and window, then prints one line of JSON. The program's exit code.
  int run(Tally& tally);

 private:
  void spin(double seconds);
  double cpu_seconds() const;

  Loop& loop_;
  double warm_up_;
  double length_;
  std::vector<clockid_t> clocks_;
};

}  // namespace gw::bench
