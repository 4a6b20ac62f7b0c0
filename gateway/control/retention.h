#pragma once

#include <optional>
#include <string>

#include "base/clock.h"
#include "control/chronicle.h"
#include "control/record_store.h"
#include "ipc/messages/records.h"

namespace gw::control {

/// Has the oldest records removed once each is older than its class is kept (LOG-05), some at a time, and
/// knows how long that is. Nothing else removes a record (LOG-04). One thread.
class Retention {
 public:
  static constexpr std::chrono::hours kEvery{24};
  static constexpr std::chrono::minutes kRestEvery{1};  ///< while there is more to remove
  static constexpr std::size_t kMostAtOnce = 20'000;

  /// All outlive it.
  Retention(RecordStore& store, Chronicle& records, const Clock& clock)
      : store_(store), records_(records), clock_(clock) {}

  /// What is due. `state`: what the record heard last says of the clock; while that is wrong, or nothing was
  /// heard, nothing goes.
  void tick(std::optional<model::ClockState> state);
  /// store.failed, store.damaged.
  Result<model::Spans> keeping();
  /// From now on. It is a record (LOG-01).
  Result<> keep(const ipc::records::KeepFor& wanted);
  Result<ipc::records::Keeping> report();

 private:
  Result<std::uint64_t> remove_some();

  RecordStore& store_;
  Chronicle& records_;
  const Clock& clock_;
  Instant due_{};
};

}  // namespace gw::control
