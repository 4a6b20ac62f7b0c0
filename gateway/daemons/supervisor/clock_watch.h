#pragma once

#include <optional>
#include <string>

#include "base/clock.h"
#include "base/result.h"

namespace gw::supervisor {

/// Holds the machine's clock against the earliest time it can be: that of the build, or of the last
/// checkpoint, which is on disk and outlives a power loss (TIM-03). A checkpoint is made every kEvery, and
/// only while the clock goes as fast as time does, so that a leap into the future leaves none.
class ClockWatch {
 public:
  static constexpr std::chrono::minutes kEvery{10};
  /// How long a clock that leapt has to stay where it is before it is believed enough for a checkpoint.
  static constexpr std::chrono::hours kPatience{24};
  /// What a clock that is being disciplined may gain or lose between two checkpoints.
  static constexpr std::chrono::seconds kTolerance{30};

  /// `folder` exists. A checkpoint that cannot be read counts as none.
  ClockWatch(std::string folder, CivilTime built);

  CivilTime earliest() const { return earliest_; }
  bool is_right(CivilTime civil) const { return civil >= earliest_; }

  /// What the last look said.
  bool believes() const { return right_; }

  enum class News : std::uint8_t { none, went_back, came_right, checkpoint };
  /// To be called often. What has changed since the last look; at first the clock is taken to be right.
  News look(Instant now, CivilTime civil);

  /// The clock is right and the checkpoint was not: back to the build. Never before that.
  Result<> forget();

 private:
  News keep(CivilTime civil);

  std::string folder_;
  CivilTime built_;
  CivilTime earliest_;
  bool right_ = true;
  struct Look {
    Instant at{};
    CivilTime civil{};
  };
  std::optional<Look> before_{};  // what the next checkpoint is measured from
};

}  // namespace gw::supervisor
