#pragma once

#include "base/clock.h"
#include "model/record.h"

namespace gw::detect {

/// Whether the box is trying its own walls (ISO-09), by its records: each hour a probe stands in the place of
/// every process and goes where it must not. What the kernel refuses to the box meanwhile is its own doing.
class Trials {
 public:
  /// No proof takes longer; one that was cut short never says that it ended.
  static constexpr std::chrono::minutes kMost{20};
  /// What was refused last is counted together and told after its minute.
  static constexpr std::chrono::minutes kAfter{2};

  void take(const model::Record& record);
  bool are_under_way(CivilTime now) const { return now < until_ && now + kMost + kAfter >= until_; }

 private:
  CivilTime until_{};
};

}  // namespace gw::detect
