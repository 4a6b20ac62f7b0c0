#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "edition.h"
#include "running.h"

namespace gw::supervisor {

/// One run of conf-compile: a directory and a file in, an edition with its keys out.
class CompilerRun {
 public:
  /// The compiler's report comes along in any case in which it was made: sealed text, a line a problem.
  using Finished = std::function<void(Result<std::shared_ptr<Edition>>, UniqueFd report)>;
  explicit CompilerRun(const Premises& premises) : premises_(premises) {}

  void run(model::Generation generation, UniqueFd directory, const UniqueFd& file, Finished finished);
  /// Kills what runs; `finished` does not come.
  void cancel() { running_.reset(); }

 private:
  void hear(ipc::Frame& frame);
  Result<> understand(ipc::Frame& frame);
  void end(const sys::Ending& ending, const std::string& words);
  Result<> judge(const sys::Ending& ending, const std::string& words);

  const Premises& premises_;
  Finished finished_;
  UniqueFd directory_;
  std::shared_ptr<Edition> edition_;
  std::optional<Error> fault_;           // it broke its own protocol
  std::optional<std::uint32_t> errors_;  // in the configuration, once reported
  UniqueFd report_;
  std::unique_ptr<Running> running_;
};

}  // namespace gw::supervisor
