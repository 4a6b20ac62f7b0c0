#pragma once

#include <cstdint>

#include "base/clock.h"

namespace gw::supervisor {

/// Where the publication of a configuration stands (architecture 3.2).
enum class Stage : std::uint8_t {
  idle,
  compiling,   ///< conf-compile runs
  applying,    ///< net-apply leaves what both plans allow, namespace by namespace
  preparing,   ///< every compartment looks at its part; all may still refuse
  committing,  ///< decided; every compartment takes over
  settling,    ///< net-apply goes on from what both plans allow to the new one
  restoring,   ///< net-apply goes back to the plan before
};
enum class News : std::uint8_t { begun, done, failed };

/// The stage after this news. News that a stage cannot have is a mistake of ours.
Stage next(Stage stage, News news);

/// One publication at a time, each stage with its deadline.
class Publication {
 public:
  static constexpr std::chrono::seconds kPerStage{20};

  Stage stage() const { return stage_; }
  Stage take(News news, Instant now) {
    deadline_ = now + kPerStage;
    return stage_ = next(stage_, news);
  }
  bool late(Instant now) const { return stage_ != Stage::idle && now >= deadline_; }

 private:
  Stage stage_ = Stage::idle;
  Instant deadline_{};
};

}  // namespace gw::supervisor
