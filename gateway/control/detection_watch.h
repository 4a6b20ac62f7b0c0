#pragma once

#include <optional>
#include <string>
#include <vector>

#include "control/chronicle.h"
#include "detect/detector.h"
#include "detect/habit_shelf.h"
#include "detect/shelf.h"

namespace gw::control {

/// Reads every record once, in its order, has it looked at for what resembles an attack, and writes down what
/// is to be told (IDS-01, IDS-04), with its row, in one step. Where it stands is kept once a minute, after
/// what came up to there was told, with how often each was seen and what was learnt: a restart loses nothing
/// that was to be told, and tells nothing twice. Of the time before the box had it nothing is told. One
/// thread.
class DetectionWatch {
 public:
  static constexpr std::chrono::seconds kReadEvery{1};  ///< while there is something to read
  static constexpr std::chrono::seconds kSweepEvery{30};
  static constexpr std::chrono::minutes kMarkEvery{1};
  static constexpr std::size_t kMostAtOnce = 500;
  /// Records before where it stood that a restart hears once more, to know what was going on.
  static constexpr std::size_t kMostRecalled = 20'000;
  /// Within which somebody sees to what is grave.
  static constexpr std::chrono::minutes kSeenWithin{30};

  /// All outlive it.
  DetectionWatch(RecordStore& store, Chronicle& records, const Clock& clock)
      : store_(store),
        records_(records),
        clock_(clock),
        shelf_(store.database()),
        habits_(store.database()) {}
  DetectionWatch(const DetectionWatch&) = delete;
  DetectionWatch& operator=(const DetectionWatch&) = delete;

  Instant due() const;
  /// What is due. What cannot be read or written now is tried again.
  void tick();

 private:
  Result<> begin();
  Result<detect::Detector> recall(std::uint64_t last);
  Result<std::uint64_t> hear(detect::Detector& detector, std::uint64_t from, std::size_t most);
  Result<> read();
  Result<> sweep();
  Result<> tell();
  Result<> remind(CivilTime now);
  Result<> keep_mark();

  RecordStore& store_;
  Chronicle& records_;
  const Clock& clock_;
  detect::Shelf shelf_;
  detect::HabitShelf habits_;
  std::optional<detect::Detector> detector_{};
  std::uint64_t mark_ = 0;  // the last record that was read
  std::vector<detect::Telling> untold_{};
  Instant read_due_{}, sweep_due_{}, mark_due_{};
};

}  // namespace gw::control
