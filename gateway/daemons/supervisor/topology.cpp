#include "topology.h"

#include <linux/capability.h>

#include <iterator>

#include "model/accounts.h"

// The whole box on one screen.

namespace gw::supervisor {
namespace {

constexpr std::uint64_t kNothing = 0;
constexpr std::uint64_t kNetAdmin = std::uint64_t{1} << CAP_NET_ADMIN;
constexpr std::uint64_t kNetRaw = std::uint64_t{1} << CAP_NET_RAW;
// Frames of the wire, because a client without address has no other way; and port 68.
constexpr std::uint64_t kBorrow = std::uint64_t{1} << CAP_NET_RAW | std::uint64_t{1} << CAP_NET_BIND_SERVICE;
constexpr std::uint64_t kLowPort = std::uint64_t{1} << CAP_NET_BIND_SERVICE;
constexpr std::optional<std::uint64_t> kHardLimit{};
constexpr std::optional<RoleId> kNobody{};
using sys::Filter;

// clang-format off
constexpr Role kRoles[] = {
    // name          account                    network       peer             filter                capabilities descriptors
    {"conf-compile", Account::compiler,         Ground::none, kNobody,         Filter::conf_compile, kNothing,    1024},
    {"net-apply",    Account::network,          Ground::own,  kNobody,         Filter::net_apply,    kNetAdmin,   64, true},
    {"proxyd",       Account::proxy_of_tenant,  Ground::none, RoleId::dialerd, Filter::proxyd,       kNothing,    kHardLimit, false, true},
    {"dialerd",      Account::dialer_of_tenant, Ground::wan,  RoleId::proxyd,  Filter::dialerd,      kNothing,    4096},
    {"enrold",       Account::enroller_of_tenant, Ground::none, kNobody,       Filter::proxyd,       kNothing,    256, false, true},
    {"watchd",       Account::lan_watcher,      Ground::lan,  kNobody,         Filter::watchd,       kNetAdmin,   64, true},
    {"watchd",       Account::wan_watcher,      Ground::wan,  kNobody,         Filter::watchd,       kNetAdmin,   64, true},
    {"watchd",       Account::mgmt_watcher,     Ground::mgmt, kNobody,         Filter::watchd,       kNetAdmin,   64, true},
    // In its own place it is the stranger at the other end of a cable; otherwise it stands in another's (ISO-09).
    {"isolation-probe", Account::probe,         Ground::none, kNobody,         Filter::dialerd,      kNetRaw,     64, true},
    {"evidence-sign", Account::evidence,        Ground::none, kNobody,         Filter::evidence_sign, kNothing,   64},
    {"cage",         Account::dhcp_client,      Ground::wan,  kNobody,         Filter::dhcp_client,  kBorrow,     64, true},
    {"namesd",       Account::names,            Ground::none, kNobody,         Filter::namesd,       kNothing,    1024},
    {"cage",         Account::time,             Ground::lan,  kNobody,         Filter::chronyd,      kLowPort,    64, true},
    {"keyd",         Account::keys,             Ground::none, kNobody,         Filter::keyd,         kNothing,    1024},
    {"tokend",       Account::token,            Ground::none, kNobody,         Filter::tokend,       kNothing,    256},
    {"controld",     Account::control,          Ground::none, kNobody,         Filter::controld,     kNothing,    256},
    {"registrar",    Account::registrar,        Ground::none, kNobody,         Filter::registrar,    kNothing,    64},
    {"renewer",      Account::renewer,          Ground::none, kNobody,         Filter::renewer,      kNothing,    64},
    {"webd",         Account::web,              Ground::none, kNobody,         Filter::proxyd,       kNothing,    256, false, true},
    // Hears an interface when it starts, and whoever hears a network hands nothing over and calls nobody.
    {"packet-capture", Account::capture,        Ground::none, kNobody,         Filter::watchd,       kNothing,    64},
    {"agent",        Account::agent,            Ground::none, kNobody,         Filter::agent,        kNothing,    64},
};

// clang-format on

constexpr NetStep kBase[] = {{"base", Ground::lan}, {"base", Ground::wan}, {"base", Ground::mgmt}};
constexpr NetStep kInherited[] = {{"base", Ground::lan},
                                  {"base", Ground::wan},
                                  {"base", Ground::mgmt},
                                  {"home", Ground::lan, Ground::own},
                                  {"home", Ground::wan, Ground::own},
                                  {"home", Ground::mgmt, Ground::own}};
constexpr NetStep kPlan[] = {{"links", Ground::own, Ground::lan, Ground::wan, Ground::mgmt},
                             {"lan", Ground::lan},
                             {"wan", Ground::wan},
                             {"mgmt", Ground::mgmt}};
constexpr NetStep kNarrow[] = {{"links", Ground::own, Ground::lan, Ground::wan, Ground::mgmt},
                               {"narrow-lan", Ground::lan},
                               {"narrow-wan", Ground::wan},
                               {"narrow-mgmt", Ground::mgmt}};
constexpr NetStep kLook[] = {{"look", Ground::lan}, {"look", Ground::wan}, {"look", Ground::mgmt}};
constexpr NetStep kSettle[] = {{"lan", Ground::lan}, {"wan", Ground::wan}, {"mgmt", Ground::mgmt}};

}  // namespace

const Role& role(RoleId id) { return kRoles[static_cast<std::size_t>(id)]; }
std::span<const Role> roles() { return kRoles; }
std::span<const NetStep> base_steps() { return kBase; }
std::span<const NetStep> inherited_steps() { return kInherited; }
std::span<const NetStep> plan_steps() { return kPlan; }
std::span<const NetStep> narrow_steps() { return kNarrow; }
std::span<const NetStep> settle_steps() { return kSettle; }
std::span<const NetStep> look_steps() { return kLook; }

sys::Confinement confinement_of(const Role& role, model::TenantId tenant, std::optional<int> network) {
  return {.account = account_of(role, tenant),
          .capabilities = role.capabilities,
          .network = network,
          .files = role.files};
}

std::uint32_t account_of(const Role& role, model::TenantId tenant) {
  switch (role.account) {
    case Account::compiler:
      return model::kCompileAccount;
    case Account::network:
      return model::kNetApplyAccount;
    case Account::proxy_of_tenant:
      return model::proxy_account(tenant);
    case Account::dialer_of_tenant:
      return model::dialer_account(tenant);
    case Account::enroller_of_tenant:
      return model::enrol_account(tenant);
    case Account::lan_watcher:
      return model::kLanWatchAccount;
    case Account::wan_watcher:
      return model::kWanWatchAccount;
    case Account::mgmt_watcher:
      return model::kMgmtWatchAccount;
    case Account::probe:
      return model::kProbeAccount;
    case Account::evidence:
      return model::kEvidenceAccount;
    case Account::dhcp_client:
      return model::kDhcpAccount;
    case Account::names:
      return model::kNameAccount;
    case Account::time:
      return model::kTimeAccount;
    case Account::keys:
      return model::kKeyAccount;
    case Account::token:
      return model::kTokenAccount;
    case Account::control:
      return model::kControlAccount;
    case Account::registrar:
      return model::kRegistrarAccount;
    case Account::renewer:
      return model::kRenewerAccount;
    case Account::web:
      return model::kWebAccount;
    case Account::capture:
      return model::kCaptureAccount;
    case Account::agent:
      return model::kAgentAccount;
  }
  GW_CHECK(false, "a role without an account");
}

}  // namespace gw::supervisor
