#pragma once

#include "base/result.h"
#include "net/netlink.h"
#include "net/plan.h"
#include "net/rule_loader.h"

namespace gw::net {

/// The two ways to the kernel, in the network namespace they were opened in. Open them before the walls are
/// up.
struct Kernel {
  RuleLoader rules;
  Netlink links;

  static Result<Kernel> open();
};

/// The namespaces links belong into. Borrowed.
struct NamespaceFds {
  int lan = -1;
  int wan = -1;
};

/// Everything dropped (W7). Before any interface is in the namespace, let alone up.
Result<> apply_base(Kernel& kernel);

/// From the namespace where interfaces appear: each configured interface into its own. Nothing is moved if
/// one of them is missing. Those of mgmt stay until a namespace for them is handed over.
Result<> place_links(Kernel& kernel, const Plan& plan, NamespaceFds namespaces);

/// Makes the namespace what the plan says for this role: rules first, then addresses, links and routes. Reads
/// everything back; net.apply_failed if the kernel shows something else. Applied twice, it changes nothing.
Result<> apply(Kernel& kernel, const Plan& plan, Role role);

}  // namespace gw::net
