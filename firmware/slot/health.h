#pragma once

#include <set>
#include <string>

#include "ipc/messages/operator.h"

namespace gw::slot {

/// What is not as it should be in a box, each as a line that stays the same while it is so. Only what the box
/// itself answers for: its processes, ways in, clock and the proof that tenants are apart. Nothing beyond its
/// cables is in it, so a line that was cut undoes no update.
using Ailments = std::set<std::string>;

Ailments ailments_of(const ipc::op::State& state);
/// Of a box whose supervisor does not answer, or that has no site yet.
Ailments ailments_of_silence();
/// Those of `now` that it had not `before`: what an update has to answer for.
Ailments new_ones(const Ailments& before, const Ailments& now);

}  // namespace gw::slot
