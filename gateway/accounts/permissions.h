#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "accounts/role.h"

namespace gw::accounts {

/// What an administrator can ask of the box, whichever way (permissions.def, ADM-06).
enum class Operation : std::uint8_t {
#define GW_OPERATION(name, id, japanese, kind, roles) name,
#include "accounts/permissions.def"
#undef GW_OPERATION
};
inline constexpr std::size_t kOperations = 0
#define GW_OPERATION(name, id, japanese, kind, roles) +1
#include "accounts/permissions.def"
#undef GW_OPERATION
    ;

enum class OperationKind : std::uint8_t { reads, acts, rules, people, logs };

bool may(Role role, Operation operation);
/// Stable text id.
std::string_view to_string(Operation operation);
std::string_view japanese_of(Operation operation);
OperationKind kind_of(Operation operation);

/// The whole table, for an auditor: a line each, the roles by their Japanese names.
std::string permissions_text();

}  // namespace gw::accounts
