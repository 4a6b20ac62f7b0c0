#pragma once

#include <string>

namespace gw::control {

/// Which months somebody wants a report of: "2026-08", both included. Neither: the two newest.
struct MonthsAsked {
  std::string from{};   ///< empty: from the first that there is
  std::string until{};  ///< empty: to the one that runs

  bool is_any() const { return !from.empty() || !until.empty(); }
  bool holds(const std::string& month) const {
    return (from.empty() || from <= month) && (until.empty() || month <= until);
  }
};

}  // namespace gw::control
