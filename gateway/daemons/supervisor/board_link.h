#pragma once

#include <map>
#include <string>

#include "base/clock.h"
#include "base/fd.h"
#include "ipc/messages/operator.h"
#include "journal.h"
#include "model/board_state.h"

namespace gw::supervisor {

/// To sekisho-panel, which has the lights and the sensors of the case (decisions/0068): how the box is goes
/// there, what is measured comes from there, each on a slate. Without a panel nothing is told.
class BoardLink {
 public:
  static constexpr std::chrono::seconds kTellEvery{2};
  /// A box that serves no more, or not yet, is one that starts; after so long somebody has to see to it.
  static constexpr std::chrono::minutes kToServe{5};
  /// A panel that tells nothing for so long sees no button either.
  static constexpr std::chrono::seconds kSilent{30};
  /// What is within its bounds for so long is well again: what swings about one is one record, and no flood.
  static constexpr std::chrono::minutes kToBeWell{10};

  BoardLink(Journal& journal, std::string folder) : journal_(journal), folder_(std::move(folder)) {}

  void tick(Instant now, model::BoxCondition condition);
  /// What controld has measured last.
  void hear(const ipc::op::Faults& faults) { faults_ = faults; }
  const model::BoardState& state() const { return state_; }
  /// The time that slates are in: since the machine's start.
  static std::chrono::milliseconds up();
  /// What the lights were told last.
  model::BoxCondition told() const { return told_; }

 private:
  void tell(Instant now, model::BoxCondition condition);
  void read(Instant now);
  void judge(const model::BoardReading& reading, Instant now);
  void record(EventId id, const model::BoardReading& reading);

  Journal& journal_;
  std::string folder_;
  UniqueFd condition_, board_;  // slates
  ipc::op::Faults faults_{};
  model::BoardState state_{};
  model::BoxCondition told_{};
  std::map<std::string, Instant> unwell_{};  // what went beyond its bounds, and when it was last beyond them
  Instant due_{}, started_{};
};

/// With what is known of the way to the cloud, and since when the box does not serve. Pure.
model::BoxCondition condition_shown(model::BoxCondition own, const ipc::op::Faults& faults,
                                    std::chrono::nanoseconds starting_for);

}  // namespace gw::supervisor
