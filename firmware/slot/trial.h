#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "slot/health.h"

namespace gw::slot {

/// What a new image is given to show that the box is no worse with it.
struct Patience {
  std::chrono::seconds at_most{};   ///< from the machine's start until it has to be well
  std::chrono::seconds well_for{};  ///< without a break, before it is kept
};
/// In seconds, at most a day, the second no longer than the first. Nothing: they are not.
std::optional<Patience> patience_of(const std::string& at_most, const std::string& well_for);

/// The trial of an image that was started once and is not the first choice yet. Pure: whoever uses it looks
/// and tells the time.
class Trial {
 public:
  enum class Verdict : char { wait, keep, give_up };

  /// Ailments it had already before the update are no fault of the new image.
  Trial(Ailments before, Patience patience) : before_(std::move(before)), patience_(patience) {}

  /// `since_start` only grows.
  Verdict look(std::chrono::seconds since_start, const Ailments& seen);
  /// What spoke against it at the last look, a line; empty if nothing did.
  std::string objection() const;

 private:
  Ailments before_;
  Patience patience_;
  Ailments objections_{};
  std::optional<std::chrono::seconds> well_since_{};
};

}  // namespace gw::slot
