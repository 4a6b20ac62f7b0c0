#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace gw {

/// A moment on the monotonic clock. Never shown to anybody; for deadlines and durations.
using Instant = std::chrono::time_point<std::chrono::steady_clock, std::chrono::nanoseconds>;
/// A moment of civil time in UTC, microseconds. For records and certificate checks.
using CivilTime = std::chrono::sys_time<std::chrono::microseconds>;

/// Where time comes from, so that tests can say what time it is.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
  virtual CivilTime civil_now() const = 0;
};

/// RFC 3339 in UTC with microseconds.
std::string to_timestamp(CivilTime time);

/// The kernel's clocks. Stateless; lives as long as the program.
const Clock& system_clock();

}  // namespace gw
