#pragma once

#include <chrono>
#include <cstdint>

namespace gw::supervisor {

/// When the next round begins. As long as all goes well, after the usual time and up to a tenth more or less;
/// after a failure decorrelated: anything between the usual time and three times the pause before, up to a
/// quarter of an hour, so that boxes whose line came back together do not come together.
class RoundPace {
 public:
  static constexpr std::chrono::milliseconds kLongest{15 * 60'000};

  /// `chance` is any number, all of them as likely.
  std::chrono::milliseconds after(bool went_well, std::chrono::milliseconds usual, std::uint64_t chance);

 private:
  std::chrono::milliseconds last_{0};
};

}  // namespace gw::supervisor
