#include "accounts/permissions.h"

#include <array>

namespace gw::accounts {
namespace {

/// One bit for each role.
struct Roles {
  std::uint32_t bits = 0;
  constexpr bool holds(Role role) const { return (bits >> static_cast<unsigned>(role) & 1u) != 0; }
  friend constexpr Roles operator|(Roles one, Roles other) { return {one.bits | other.bits}; }
};

struct Row {
  std::string_view id, japanese;
  OperationKind kind;
  Roles roles;
};

constexpr auto kRows = [] {
  constexpr auto bit = [](Role role) { return Roles{1u << static_cast<unsigned>(role)}; };
#define GW_ROLE(name, id, japanese, tenure) [[maybe_unused]] constexpr Roles name = bit(Role::name);
#include "accounts/roles.def"
#undef GW_ROLE
  return std::array<Row, kOperations>{{
#define GW_OPERATION(name, id, japanese, kind, roles) {id, japanese, OperationKind::kind, roles},
#include "accounts/permissions.def"
#undef GW_OPERATION
  }};
}();

constexpr bool has_any(Role role, OperationKind kind) {
  for (const Row& row : kRows)
    if (row.kind == kind && row.roles.holds(role)) return true;
  return false;
}

constexpr bool only_reads(Role role) {
  for (const Row& row : kRows)
    if (row.kind != OperationKind::reads && row.roles.holds(role)) return false;
  return true;
}

constexpr bool nobody_has_both() {
  for (std::size_t i = 0; i < kRoles; ++i)
    if (has_any(static_cast<Role>(i), OperationKind::rules) &&
        has_any(static_cast<Role>(i), OperationKind::logs))
      return false;
  return true;
}

constexpr bool nobody_has_both(Operation one, Operation other) {
  const Roles first = kRows[static_cast<std::size_t>(one)].roles;
  const Roles second = kRows[static_cast<std::size_t>(other)].roles;
  return (first.bits & second.bits) == 0;
}

static_assert(nobody_has_both(),
              "who changes what the box allows has nothing to do with its records (ADM-06)");
static_assert(nobody_has_both(Operation::config_approve, Operation::config_stage) &&
                  nobody_has_both(Operation::config_approve, Operation::config_apply),
              "who approves is another person than who writes, and another role (ADM-12)");
static_assert(nobody_has_both(Operation::accounts_appoint, Operation::accounts_manage),
              "who makes accounts makes no approver, or would be two persons in one (ADM-12)");
static_assert(only_reads(Role::noc), "the NOC looks on (ADM-08)");

const Row& row(Operation operation) { return kRows[static_cast<std::size_t>(operation)]; }

}  // namespace

bool may(Role role, Operation operation) { return row(operation).roles.holds(role); }
std::string_view to_string(Operation operation) { return row(operation).id; }
std::string_view japanese_of(Operation operation) { return row(operation).japanese; }
OperationKind kind_of(Operation operation) { return row(operation).kind; }

std::string permissions_text() {
  std::string out;
  for (const Row& row : kRows) {
    out.append(row.id).append("(").append(row.japanese).append("):");
    for (std::size_t i = 0; i < kRoles; ++i)
      if (row.roles.holds(static_cast<Role>(i))) out.append(" ").append(japanese_of(static_cast<Role>(i)));
    out += '\n';
  }
  return out;
}

}  // namespace gw::accounts
