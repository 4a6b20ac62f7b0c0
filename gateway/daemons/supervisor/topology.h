#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "model/ids.h"
#include "sys/shut_in.h"
#include "sys/spawn.h"

namespace gw::supervisor {

/// Network namespaces: a fresh empty one, the supervisor's own, and the three the box has.
enum class Ground : std::uint8_t { none, own, lan, wan, mgmt };
enum class Account : std::uint8_t {
  compiler,
  network,
  proxy_of_tenant,
  dialer_of_tenant,
  enroller_of_tenant,
  lan_watcher,
  wan_watcher,
  mgmt_watcher,
  probe,
  evidence,
  dhcp_client,
  names,
  time,
  keys,
  token,
  control,
  registrar,
  renewer,
  web,
  capture,
  agent,
};
enum class RoleId : std::uint8_t {
  conf_compile,
  net_apply,
  proxyd,
  dialerd,
  enrold,
  lan_watch,
  wan_watch,
  mgmt_watch,
  isolation_probe,
  evidence_sign,
  dhcp_client,
  namesd,
  chronyd,
  keyd,
  tokend,
  controld,
  registrar,
  renewer,
  webd,
  packet_capture,
  agent,
};

/// One row of the wiring table: what a process is and has. Besides this it has a control and a log channel to
/// the supervisor, the inputs of ipc/inherited.h, and nothing else.
struct Role {
  const char* name;  ///< program file: sekisho-NAME
  Account account;
  Ground ground;
  std::optional<RoleId> peer;  ///< of the same tenant, joined by a channel of their own
  sys::Filter filter;          ///< the walls the program puts up before its first foreign byte
  std::uint64_t capabilities;
  std::optional<std::uint64_t> files;  ///< most descriptors; nothing: the hard limit
  bool serves_kernel_rules = false;    ///< not needed where the box loads none
  /// Lets peers in by their certificates, and shows its own: it is told the earliest time and what is cut
  /// off, and has a channel to keyd.
  bool judges_peers = false;
};

const Role& role(RoleId id);
std::span<const Role> roles();
std::uint32_t account_of(const Role& role, model::TenantId tenant);
/// The walls around a process of this role before its program starts. `network` as in sys::Confinement.
sys::Confinement confinement_of(const Role& role, model::TenantId tenant, std::optional<int> network);

/// One run of net-apply: which part of the plan, standing where, and the namespaces it may move interfaces
/// to.
struct NetStep {
  const char* part;
  Ground ground;
  std::optional<Ground> second{};  ///< at ipc::kSecondInputFd
  std::optional<Ground> third{};   ///< at ipc::kThirdInputFd
  std::optional<Ground> fourth{};  ///< at ipc::kManagementFd
};
/// Before any interface moves, and when the box has ended: everything is dropped everywhere (W7).
std::span<const NetStep> base_steps();
/// From namespaces that a former run left: everything is dropped, and each interface back to where it
/// appeared.
std::span<const NetStep> inherited_steps();
/// The first configuration, or the way back from one.
std::span<const NetStep> plan_steps();
/// To what the configuration in force and the next both allow: what narrows comes before the change...
std::span<const NetStep> narrow_steps();
/// ...and what widens after it.
std::span<const NetStep> settle_steps();
/// What is there; nothing is changed.
std::span<const NetStep> look_steps();

}  // namespace gw::supervisor
