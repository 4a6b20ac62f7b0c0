#pragma once

#include "control/web_desk.h"

namespace gw::control {

/// Under this name the store keeps when the accounts were gone through last (ADM-07).
inline constexpr const char* kStockTaken = "account stock taken";

/// They are to be gone through that often.
inline constexpr std::chrono::days kStockTakeEach{92};

/// Nothing: never. store.*.
Result<std::optional<CivilTime>> stock_taken(const WebAround& around);

/// What of the accounts waits for somebody, by stable ids: the emergency account is in use (EMG-01), and
/// whoever manages accounts has not gone through them for a quarter (ADM-07). store.*.
Result<std::vector<std::string>> account_waits(const WebAsk& ask, const WebAround& around);

}  // namespace gw::control
