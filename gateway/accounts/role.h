#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace gw::accounts {

/// What somebody is on the box (roles.def, ADM-06). One account has one.
enum class Role : std::uint8_t {
#define GW_ROLE(name, id, japanese, tenure) name,
#include "accounts/roles.def"
#undef GW_ROLE
};
inline constexpr std::size_t kRoles = 0
#define GW_ROLE(name, id, japanese, tenure) +1
#include "accounts/roles.def"
#undef GW_ROLE
    ;

/// How long an account of a role lasts.
enum class Tenure : std::uint8_t { standing, dated, sealed, elsewhere };

/// Stable text id.
std::string_view to_string(Role role);
std::optional<Role> parse_role(std::string_view id);
std::string_view japanese_of(Role role);
Tenure tenure_of(Role role);

}  // namespace gw::accounts
