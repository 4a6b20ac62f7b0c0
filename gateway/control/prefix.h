#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "base/clock.h"
#include "model/record_class.h"

namespace gw::control {

/// What is looked at of a record when it is decided whether it may go.
struct Aged {
  std::uint64_t number = 0;
  std::chrono::milliseconds at{};  ///< since 1970
  model::RecordClass of = model::RecordClass::other;
};

/// Finds how far the oldest records may go, one after the other from the first on (LOG-05): to the last
/// before one that has to be kept, and not beyond what a checkpoint that stays is about. A record goes with
/// those before it or not at all, so whatever is kept for ever keeps all that is younger.
class Prefix {
 public:
  Prefix(const model::Spans& keeping, std::chrono::milliseconds now, std::uint64_t last_signed)
      : keeping_(keeping), now_(now), last_signed_(last_signed) {}

  /// False: this one stays, and so do all that follow.
  bool may_go(const Aged& record);
  /// The number of the last that may go; zero: none.
  std::uint64_t last() const { return last_; }

 private:
  model::Spans keeping_;
  std::chrono::milliseconds now_;
  std::uint64_t last_signed_;
  std::uint64_t last_ = 0;
};

/// The class of a record by its event's id, as it stands in the store. What is unknown is of the class other.
model::RecordClass class_of_id(std::string_view event);

}  // namespace gw::control
