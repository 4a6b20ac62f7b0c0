#pragma once

#include <set>
#include <string>

#include "ipc/messages/operator.h"

namespace gw::slot {

/// What is not as it should be in a box, each as a line that stays the same while it is so. Only what the box
/// itself answers for: its processes, ways in, clock, the proof that tenants are apart, and a kernel that
/// stays as the configuration says (a repair is none, one again and again is). Nothing beyond its cables is
/// in it, so a line that was cut undoes no update. Their words are a table, slot/ailments.def.
using Ailments = std::set<std::string>;

Ailments ailments_of(const ipc::op::State& state);
/// Of a box whose supervisor does not answer.
Ailments ailments_of_silence();
/// Of a box that has no configuration yet, so that nothing serves there.
Ailments ailments_without_site();
/// The box was long enough up to be looked at: it answers, and has tried isolation since it started.
bool has_settled(const Ailments& seen);
/// Those of `now` that it had not `before`: what an update has to answer for.
Ailments new_ones(const Ailments& before, const Ailments& now);

}  // namespace gw::slot
