#pragma once

#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace gw::review {

/// A quarter of the calendar year as Japan has it (LOG-06): January to March is the first.
class Quarter {
 public:
  static Quarter of(CivilTime time);
  /// "2026-Q4"; nothing if it is none.
  static std::optional<Quarter> parse(std::string_view text);

  std::string to_text() const;
  CivilTime begins() const;
  CivilTime ends() const { return next().begins(); }  ///< not included
  Quarter next() const;
  friend auto operator<=>(const Quarter&, const Quarter&) = default;

 private:
  Quarter(int year, unsigned number) : year_(year), number_(number) {}
  int year_;
  unsigned number_;  // 1 to 4
};

/// A month as Japan has it.
std::chrono::year_month month_of(CivilTime time);
/// "2026-11".
std::string to_text(std::chrono::year_month month);

}  // namespace gw::review
