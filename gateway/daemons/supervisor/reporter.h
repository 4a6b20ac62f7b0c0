#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "edition.h"
#include "ipc/messages/control_records.h"
#include "ipc/messages/noc.h"
#include "ipc/messages/operator.h"
#include "premises.h"
#include "round_pace.h"
#include "running.h"

namespace gw::supervisor {

/// Has the operations centre told how the box is, round after round: an agent for each (decision 0054). Tells
/// controld who is to be told. How rounds go is in the records when it changes.
class Reporter {
 public:
  /// What it needs of the box.
  struct Box {
    std::function<Result<ipc::Channel>()> dial;  ///< the dialer toward the operations centre
    std::function<Result<ipc::Channel>()> sign;  ///< keyd, for that owner's key
    std::function<Result<UniqueFd>()> controld;  ///< what waits
    std::function<void(const ipc::control_records::NocPlan&)> tell;  ///< controld, if it is there
  };
  Reporter(const Premises& premises, Box box) : premises_(premises), box_(std::move(box)) {}
  Reporter(const Reporter&) = delete;
  Reporter& operator=(const Reporter&) = delete;

  /// `settled`: the configuration in force; null while that changes, and when the box ends.
  void tick(Instant now, const EditionPtr& settled);
  /// A round begins as soon as it may, whatever the pause was to be. noc.absent: there is nobody to
  /// be told.
  Result<> hurry();
  ipc::op::NocStanding standing() const;
  /// A controld has joined: it knows nothing yet.
  void joined() { owes_plan_ = true; }
  void stop();

 private:
  struct Round {
    std::optional<ipc::noc_round::Finished> finished{};
    std::unique_ptr<Running> agent{};
    Instant late{};
  };

  void follow(const EditionPtr& settled, Instant now);
  void begin(const Edition& edition, Instant now);
  Result<> start(const Edition& edition);
  void hear(const ipc::Frame& frame);
  void end(const sys::Ending& ending, const std::string& words);
  void conclude(const Result<>& outcome);

  const Premises& premises_;
  Box box_;
  EditionPtr followed_{};
  bool owes_plan_ = true;
  std::optional<Round> round_{};
  RoundPace pace_{};
  Instant due_{};
  std::chrono::milliseconds usual_{0};  // between two rounds
  std::optional<std::optional<ErrorCode>>
      told_{};                   // of the last round, its trouble if it had any; none: no round
  ipc::op::NocStanding last_{};  // how it ended
};

}  // namespace gw::supervisor
