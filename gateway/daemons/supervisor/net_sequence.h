#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>

#include "ipc/messages/compile.h"
#include "running.h"

namespace gw::supervisor {

/// net-apply, once a step, one after the other; ends with the first that fails.
class NetSequence {
 public:
  using Finished = std::function<void(Result<>)>;
  explicit NetSequence(const Premises& premises) : premises_(premises) {}

  /// `plan` must stay open until the end; base steps have none. `finished` comes once, never from inside
  /// run() unless a start fails.
  void run(std::span<const NetStep> steps, std::optional<int> plan, Finished finished);
  /// Kills what runs; `finished` does not come.
  void cancel() { running_.reset(); }

 private:
  void start_step();
  void hear(const ipc::Frame& frame);
  void end_step(const sys::Ending& ending, const std::string& words);
  std::vector<sys::Placed> inputs() const;

  const Premises& premises_;
  std::span<const NetStep> steps_;
  std::optional<int> plan_;
  Finished finished_;
  std::optional<Result<>> answer_;  // of the step that runs
  std::unique_ptr<Running> running_;
};

}  // namespace gw::supervisor
