#pragma once

#include <optional>

#include "base/clock.h"
#include "control/chronicle.h"
#include "control/forecast.h"
#include "control/record_store.h"
#include "ipc/messages/control_records.h"

namespace gw::control {

/// Watches the room that there is for records: warns long before the disk is full, says when what was set
/// aside is in use, and sets it aside once more when there is room again (LOG-03, LOG-05). One thread.
class SpaceWatch {
 public:
  static constexpr std::chrono::minutes kForecastEvery{60};
  static constexpr std::chrono::minutes kSetAsideEvery{1};

  /// All outlive it.
  SpaceWatch(RecordStore& store, Chronicle& records, const Clock& clock)
      : store_(store), records_(records), clock_(clock) {}

  /// What is due: a forecast, the reserve.
  void tick();
  /// What came of writing records down. The room there is now, if whoever sends them does not know it yet.
  std::optional<ipc::control_records::Room> told_by(const Result<>& written);

 private:
  void forecast();

  RecordStore& store_;
  Chronicle& records_;
  const Clock& clock_;
  SpaceWarning warning_{};
  std::optional<ipc::control_records::Room> room_{};  // nothing: nothing was written yet
  Instant forecast_due_{};
  Instant set_aside_due_{};
};

}  // namespace gw::control
