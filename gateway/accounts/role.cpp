#include "accounts/role.h"

namespace gw::accounts {
namespace {

struct Row {
  std::string_view id, japanese;
  Tenure tenure;
};
constexpr Row kRows[] = {
#define GW_ROLE(name, id, japanese, tenure) {id, japanese, Tenure::tenure},
#include "accounts/roles.def"
#undef GW_ROLE
};
const Row& row(Role role) { return kRows[static_cast<std::size_t>(role)]; }

}  // namespace

std::string_view to_string(Role role) { return row(role).id; }
std::string_view japanese_of(Role role) { return row(role).japanese; }
Tenure tenure_of(Role role) { return row(role).tenure; }

std::optional<Role> parse_role(std::string_view id) {
  for (std::size_t i = 0; i < kRoles; ++i)
    if (kRows[i].id == id) return static_cast<Role>(i);
  return std::nullopt;
}

}  // namespace gw::accounts
