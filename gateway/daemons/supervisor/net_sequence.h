#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ipc/messages/compile.h"
#include "running.h"

namespace gw::supervisor {

/// What the steps of a sequence work from, besides the lease that stands when the sequence begins. The
/// descriptors must stay open until the end.
struct NetOrder {
  enum class Rules : std::uint8_t { load, compare };

  std::optional<int> plan{};    ///< sealed; base steps have none
  Rules rules = Rules::load;    ///< compare: those in force are loaded again only if they differ
  std::optional<int> before{};  ///< the sealed plan in force, for steps that narrow
};

/// net-apply, once a step, one after the other; ends with the first that fails.
class NetSequence {
 public:
  /// What was not as the plan says: is now, or was left because nobody can put it right from here. And what
  /// steps that only look have seen, one each.
  struct Repaired {
    std::vector<std::string> now{};
    std::vector<std::string> left{};
    std::vector<UniqueFd> sights{};
  };
  using Finished = std::function<void(Result<Repaired>)>;
  explicit NetSequence(const Premises& premises) : premises_(premises) {}

  /// `finished` comes once, never from inside run() unless a start fails.
  void run(std::span<const NetStep> steps, NetOrder order, Finished finished);
  /// Kills what runs; `finished` does not come.
  void cancel() { running_.reset(); }

 private:
  void start_step();
  void hear(ipc::Frame& frame);
  Result<> understand(ipc::Frame& frame);
  void note(const ipc::net_apply::Shaped& shaped);
  void end_step(const sys::Ending& ending, const std::string& words);
  std::vector<sys::Placed> inputs() const;

  const Premises& premises_;
  std::span<const NetStep> steps_;
  NetOrder order_;
  HeldLeasePtr lease_;  // for all steps the same
  Repaired repaired_;
  Finished finished_;
  std::optional<Result<>> answer_;  // of the step that runs
  std::unique_ptr<Running> running_;
};

}  // namespace gw::supervisor
