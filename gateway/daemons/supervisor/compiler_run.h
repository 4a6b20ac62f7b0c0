#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "identity_shelf.h"
#include "key_files.h"
#include "running.h"

namespace gw::supervisor {

/// The configuration as it stands in a file, which names others by their place in a directory.
struct Files {
  UniqueFd directory{};
  UniqueFd file{};
};
/// Sealed config::Sources, and the directory beneath which its keys are.
struct Sent {
  UniqueFd sources{};
  UniqueFd directory{};
};
/// Files, or what an edition has kept of those it was made from, keys and all, or what somebody sent.
using Origin = std::variant<Files, EditionPtr, Sent>;

/// One run of conf-compile: a configuration in, an edition with its keys out.
class CompilerRun {
 public:
  /// The compiler's report comes along in any case in which it was made: sealed text, a line a problem.
  using Finished = std::function<void(Result<std::shared_ptr<Edition>>, UniqueFd report)>;
  CompilerRun(const Premises& premises, std::string state_folder)
      : premises_(premises), shelf_(std::move(state_folder)) {}

  /// `before`: sealed sources that the configuration is compared with; none, or empty: it is not.
  void run(model::Generation generation, Origin origin, Finished finished, UniqueFd before = {});
  /// Kills what runs; `finished` does not come.
  void cancel() { running_.reset(); }

 private:
  void hear(ipc::Frame& frame);
  Result<> understand(ipc::Frame& frame);
  void end(const sys::Ending& ending, const std::string& words);
  Result<> judge(const sys::Ending& ending, const std::string& words);
  Result<KeyReader> key_reader() const;
  Result<std::unique_ptr<Running>> start();

  const Premises& premises_;
  IdentityShelf shelf_;
  Finished finished_;
  Origin origin_;
  UniqueFd before_;
  model::KeptIdentities identities_;  // as they were when it began
  std::shared_ptr<Edition> edition_;
  std::optional<Error> fault_;           // it broke its own protocol
  std::optional<std::uint32_t> errors_;  // in the configuration, once reported
  UniqueFd report_;
  std::unique_ptr<Running> running_;
};

}  // namespace gw::supervisor
