#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "edition.h"
#include "model/proof.h"
#include "proof_plan.h"
#include "running.h"

namespace gw::supervisor {

/// Sockets in a namespace of their own, for attempts to be made with: what a process may have been handed,
/// and what it was not. Nothing of the box can be reached from there.
struct Props {
  UniqueFd network, connected, listener, forbidden;
  UniqueFd ear;  ///< as the watcher of ns lan is handed one
  std::uint16_t forbidden_port = 0;

  static Result<Props> make();
};

/// One trial at a time, from its start to what came out. Disturbs nobody: what it tries is harmless even
/// where it works.
class TrialRun {
 public:
  using Finished = std::function<void(std::vector<model::ProofCase>)>;
  explicit TrialRun(const Premises& premises) : premises_(premises) {}

  /// `victim`: a live process of another tenant, to be named by number. `finished` comes once, never from
  /// inside run().
  void run(const Trial& trial, const EditionPtr& edition, std::uint32_t victim, Finished finished);
  /// Ends a trial that takes too long; nothing is known then.
  void tick(Instant now);
  /// Kills what runs; `finished` does not come.
  void cancel();

 private:
  Result<> start(std::uint32_t victim);
  Result<> start_attempt(std::uint32_t victim);
  Result<> start_in_place(std::vector<std::string> arguments, std::vector<sys::Placed> inputs, Ground ground);
  Result<> start_reach_lan();
  Result<> lay_cable();
  void raise_cable(int inside);
  Result<std::unique_ptr<Running>> lay(Order order, std::function<void()> then);
  void start_outside();
  void hear(const ipc::Frame& frame);
  void end(const sys::Ending& ending, const std::string& words);
  void conclude_attempt(const sys::Ending& ending);
  void fail(const std::string& why);
  void finish();
  Ears ears();

  const Premises& premises_;
  Trial trial_{};
  EditionPtr edition_;
  Finished finished_;
  std::vector<model::ProofCase> cases_;
  bool done_ = false;                   // the program said that it was all
  std::optional<std::string> failure_;  // told at the next tick
  Instant until_ = Instant::max();
  std::optional<Props> props_;
  UniqueFd outside_;  // the namespace at the other end of the cable
  std::unique_ptr<Running> running_;
};

}  // namespace gw::supervisor
