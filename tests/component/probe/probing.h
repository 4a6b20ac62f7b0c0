#pragma once

#include <string>
#include <vector>

#include "component/net/stage.h"
#include "daemons/supervisor/topology.h"
#include "model/proof.h"
#include "probe/aims.h"

namespace gw::probe::tests {

using Cases = std::vector<model::ProofCase>;

/// Runs the real sekisho-isolation-probe as the box runs it: in the role's confinement, in this namespace
/// (nullptr: one without any interface), with the aims and what else is placed. What it tried; a probe that
/// gives up fails the test.
Cases probe_with(const std::vector<std::string>& deed, supervisor::RoleId role, const UniqueFd* network,
                 const Aims& aims, std::vector<sys::Placed> places = {});

/// Those that did not hold.
Cases broken(const Cases& cases);
bool any_of_way(const Cases& cases, const std::string& way);

}  // namespace gw::probe::tests
