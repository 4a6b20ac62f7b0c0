#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "edition.h"
#include "guard.h"
#include "ipc/messages/operator.h"
#include "model/cut.h"
#include "model/proof.h"
#include "proof_shelf.h"
#include "trial_run.h"

namespace gw::supervisor {

using ProofPtr = std::shared_ptr<const model::Proof>;

/// Proves isolation on the running box, every hour and when asked (ISO-09): goes through all trials one by
/// one, has the outcome signed and keeps it. One success of what must not work raises an alarm and cuts off
/// whom it concerns. A publication in between starts it anew.
class Prober {
 public:
  /// What it asks the box, and what the box does for it.
  struct Box {
    std::function<EditionPtr()> settled;
    std::function<std::vector<ipc::op::ProcessState>()> processes;
    std::function<std::vector<Looked>()> looks;
    std::function<void(const model::Cut&, const std::string& reason)> cut_off;
  };
  using Finished = std::function<void(Result<ProofPtr>)>;

  Prober(const Premises& premises, const std::string& state_folder, Box box);
  Prober(const Prober&) = delete;
  Prober& operator=(const Prober&) = delete;

  /// isolation.proof_unavailable where the box has no namespaces of its own, or somebody stopped it.
  void prove(Finished finished);
  /// One who waited for it has gone: what nobody else asked for is given up.
  void leave();
  /// Answered before it is tried; its record names who asked. diagnosis.under_way: there is a proof being
  /// made.
  Result<> prove_for(const ipc::op::Administrator& by);
  /// Gives up what was asked for and is being tried: it counts for nothing, unless a wall was found broken.
  /// The record names who did. diagnosis.under_way: the box tries it by itself, which nobody stops.
  Result<> give_up(const ipc::op::Administrator& by);
  /// How far the one is that is being tried.
  ipc::op::ProofProgress progress() const;
  void tick(Instant now);
  /// Nobody is answered any more.
  void stop();
  /// Null before the first.
  const ProofPtr& last() const { return last_; }
  /// What came out of the last one; of none before the first.
  ipc::op::ProofState result() const;
  /// Of the key that proofs are signed with, PEM; empty: there is none yet.
  std::string public_key() const { return shelf_.public_key(); }

 private:
  enum class Stage : std::uint8_t { idle, trying, signing, stopped };

  Result<> is_able() const;
  bool is_asked() const { return !asked_by_.name.empty() || !waiting_.empty(); }
  void begin(const EditionPtr& edition);
  void next();
  void take(std::vector<model::ProofCase> cases);
  std::uint32_t victim_of(const Trial& trial) const;
  model::ProofCase comparison(const Looked& looked) const;
  void add_standing();
  void conclude();
  void raise_alarms();
  void abandon();
  void sign();
  void hear(ipc::Frame& frame);
  Result<> keep(ipc::Frame& frame);
  void end_signing(const sys::Ending& ending);
  std::chrono::milliseconds civil_now() const;

  const Premises& premises_;
  ProofShelf shelf_;
  Box box_;
  TrialRun run_;
  Stage stage_ = Stage::idle;
  EditionPtr edition_;  // the configuration under which it is tried
  std::vector<Trial> trials_;
  std::size_t at_ = 0;
  model::Proof proof_;
  std::vector<std::uint8_t> next_signature_, signature_;  // over proof_, over last_
  ProofPtr last_;
  std::vector<Finished> waiting_;
  ipc::op::Administrator asked_by_;  // of no name: nobody did, or root at the box
  bool is_own_ = false;              // begun because its hour had come
  Instant due_ = Instant::max();
  std::optional<Error> unsigned_;
  std::unique_ptr<Running> signer_;
};

}  // namespace gw::supervisor
