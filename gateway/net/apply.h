#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "net/netlink.h"
#include "net/plan.h"
#include "net/repairs.h"
#include "net/rule_loader.h"
#include "net/socket.h"

namespace gw::net {

/// The ways to the kernel, in the network namespace they were opened in. Open them before the walls are up.
struct Kernel {
  RuleLoader rules;
  Netlink links;
  Netlink flows;
  Netlink sockets;
  std::vector<Socket> raw;  ///< those that were there at opening

  static Result<Kernel> open();
};

/// The namespaces links belong into. Borrowed.
struct NamespaceFds {
  int lan = -1;
  int wan = -1;
  int mgmt = -1;
};

/// Everything dropped (W7). Before any interface is in the namespace, let alone up.
Result<> apply_base(Kernel& kernel);

/// From the namespace where interfaces appear: each configured interface into its own. Nothing is moved if
/// one of them is missing.
Result<> place_links(Kernel& kernel, const Plan& plan, NamespaceFds namespaces);

/// The way back: what was made here is removed, and every other interface goes to `home`, down and bare.
/// Those that the kernel does not let go stay, down.
Result<> send_home(Kernel& kernel, int home);

/// From an empty namespace: a cable for one isolation proof to the namespace `into` (canary.h). It goes when
/// this namespace goes.
Result<> lay_canary(Kernel& kernel, int into);
/// The cable's other end, where it stands.
Result<> raise_canary(Kernel& kernel);

/// Makes the namespace what the plan says for this role: rules first, then links, addresses, routes and
/// neighbours. Reads before it writes, writes only what differs and names it in `repairs`, reads everything
/// back; net.apply_failed if the kernel shows something else in the end. Half-way, the rules already stand;
/// applying another plan, such as the one before, starts from whatever is there. \param reference what
/// apply() returned for the same plan and role; without it the rules are always loaded \return the kernel's
/// listing of the rules
Result<std::string> apply(Kernel& kernel, const Plan& plan, Role role,
                          const std::optional<std::string>& reference, Repairs& repairs);

/// What was begun under other rules and could not begin under these ends (W6). After apply() of a plan that
/// is decided, never of one that may still be given up.
Result<> end_strange_flows(Kernel& kernel, const Plan& plan, Role role, Repairs& repairs);

/// The sockets are as the plan in force says, once its listeners stand (ISO-04, WLS-01).
Result<> end_strange_sockets(Kernel& kernel, const Plan& plan, Role role, Repairs& repairs);

}  // namespace gw::net
