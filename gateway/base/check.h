#pragma once

namespace gw {

/// Ends the process with the place and the reason: for our own mistakes only.
/// Never put foreign input under it; a stranger must not be able to stop a daemon.
[[noreturn]] void check_failed(const char* condition, const char* why, const char* file, int line);

}  // namespace gw

#define GW_CHECK(condition, why)                       \
  (static_cast<bool>(condition) ? static_cast<void>(0) \
                                : ::gw::check_failed(#condition, why, __FILE__, __LINE__))
