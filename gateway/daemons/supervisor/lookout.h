#pragma once

#include <functional>
#include <vector>

#include "net_sequence.h"

namespace gw::supervisor {

/// Looks at the kernel's network state when somebody asks, and changes nothing: net-apply once in each
/// namespace. Whoever asks while a look is under way is told what that one finds.
class Lookout {
 public:
  /// A sealed model::NetworkSight each of lan, wan and mgmt.
  using Seen = std::function<void(const Result<std::vector<UniqueFd>>& sights)>;
  explicit Lookout(const Premises& premises) : sequence_(premises), premises_(premises) {}

  /// status.unavailable where the box has no namespaces of its own.
  void look(Seen seen);
  /// Nobody is told any more.
  void stop();

 private:
  void finish(Result<NetSequence::Repaired> outcome);

  NetSequence sequence_;
  const Premises& premises_;
  std::vector<Seen> waiting_{};
};

}  // namespace gw::supervisor
