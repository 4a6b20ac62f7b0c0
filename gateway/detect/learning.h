#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "base/clock.h"
#include "base/jst.h"

namespace gw::detect {

/// A day in Japan, counted from 1970.
using Day = std::uint16_t;

inline Day day_of(CivilTime time) {
  const auto days = jst_day_of(std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()))
                        .time_since_epoch()
                        .count();
  return static_cast<Day>(days < 0 ? 0 : days > UINT16_MAX ? UINT16_MAX : days);
}

// When something is unlike what a terminal has done before. Each has its reason in decision 0070, and none is
// a key of the configuration.

inline constexpr std::size_t kDaysKept = 70;       ///< what is older is forgotten
inline constexpr Day kLearningDays = 14;           ///< since it was first seen; nothing is told before
inline constexpr std::size_t kLearningActive = 5;  ///< of them with traffic, at least
inline constexpr unsigned kTimesMore = 4;          ///< than on the second busiest day
inline constexpr std::uint64_t kLeastUp = 16u << 20;
inline constexpr std::uint64_t kLeastDown = 256u << 20;
inline constexpr std::uint64_t kLeastAtAnHour = 64u << 10;
inline constexpr std::size_t kUsualDays = 2;      ///< an hour is usual that was seen on so many
inline constexpr std::size_t kClientsKept = 8;    ///< of a terminal with a service
inline constexpr std::size_t kTerminalsADay = 3;  ///< that are told of by name, of a tenant and a kind

}  // namespace gw::detect
