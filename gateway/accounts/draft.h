#pragma once

#include <optional>
#include <string>

#include "accounts/role.h"
#include "base/clock.h"
#include "base/result.h"

namespace gw::accounts {

/// A new account. `ends`: of a dated role, and only of one.
struct Draft {
  std::string name{};
  std::string person{};  ///< UTF-8, 1 to 128 octets
  Role role{};
  CivilTime ends{};
};

inline constexpr std::chrono::days kLongestDated{31};

/// account.unsuitable if its name or person cannot be one.
std::optional<Error> unsuitable_draft(const Draft& draft);
/// account.unsuitable if a role cannot be given until then, or at all.
std::optional<Error> unsuitable_end(Role role, CivilTime ends, CivilTime now);

}  // namespace gw::accounts
