#pragma once

#include <chrono>
#include <string>

namespace gw::model {

/// A part of every day in Japan (base/jst.h), which may go over midnight.
struct DailyWindow {
  std::chrono::minutes from{0};   ///< since midnight, less than a day
  std::chrono::minutes until{0};  ///< it is over then; never the same as `from`

  /// Whether it is now, of seconds since 1970 in UTC.
  bool covers(std::chrono::seconds civil) const;
  /// "02:00-04:00"
  std::string to_text() const;

  friend bool operator==(const DailyWindow&, const DailyWindow&) = default;
};

template <class Io>
void visit(Io& io, DailyWindow& w) {
  constexpr std::chrono::minutes kLast = std::chrono::days(1) - std::chrono::minutes(1);
  io.range(w.from, std::chrono::minutes(0), kLast);
  io.range(w.until, std::chrono::minutes(0), kLast);
  if (w.from == w.until) io.fail();
}

}  // namespace gw::model
