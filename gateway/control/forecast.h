#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace gw::control {

/// How a store of records grew.
struct Growth {
  std::uint64_t octets = 0;        ///< of all that is in it
  std::uint64_t records = 0;       ///< of all that is in it
  std::uint64_t recent = 0;        ///< records of the last while
  std::chrono::seconds while_{0};  ///< how long that was
};

/// When there will be no room left, if it goes on like that (CAP-01).
struct Forecast {
  std::uint64_t left = 0;                       ///< octets
  std::uint64_t a_day = 0;                      ///< octets
  std::optional<std::uint64_t> days_left = {};  ///< nothing: it does not grow
};
Forecast forecast_of(const Growth& growth, std::uint64_t octets_left);

/// Says once for each of a month, a week and a day that no more than that is left; and once more after there
/// was a tenth more than it.
class SpaceWarning {
 public:
  static constexpr std::uint64_t kDays[] = {30, 7, 1};

  /// Is it to be said now?
  bool is_due(const Forecast& forecast);

 private:
  std::size_t said_ = 0;  // how many of them
};

}  // namespace gw::control
