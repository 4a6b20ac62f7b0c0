#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <string_view>

namespace gw::spool {

/// Closed list (classes.def), the most important first.
enum class Class : std::uint8_t {
#define GW_SPOOL_CLASS(name, text, mib, keeping, thin_hours) name,
#include "spool/classes.def"
#undef GW_SPOOL_CLASS
};

inline constexpr std::size_t kClasses = 4;
inline constexpr Class kLastClass = static_cast<Class>(kClasses - 1);

/// What becomes of those that wait, while there is room.
enum class Keeping : std::uint8_t { all, newest, thinned };

std::string_view to_string(Class of);
Keeping keeping_of(Class of);
/// From how long a wait on they are thinned.
std::chrono::milliseconds thin_after(Class of);
/// Of what is thinned, one is kept in each such slot of civil time.
inline constexpr std::chrono::milliseconds kSlot = std::chrono::minutes(5);

/// Octets that each class may take.
using Budgets = std::array<std::uint64_t, kClasses>;
Budgets usual_budgets();

}  // namespace gw::spool
