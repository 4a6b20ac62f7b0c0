#include "slot/health.h"

#include <algorithm>
#include <iterator>

namespace gw::slot {
namespace {

constexpr const char* kUntried = "isolation has not been tried";
constexpr const char* kSilent = "the supervisor does not answer";

std::string whole_name(const ipc::op::ProcessState& process) {
  return process.tenant.empty() ? process.name : process.name + " of " + process.tenant;
}

}  // namespace

Ailments ailments_of(const ipc::op::State& state) {
  Ailments out;
  for (const ipc::op::ProcessState& process : state.processes)
    if (process.pid == 0 || !process.serving) out.insert(whole_name(process) + " does not serve");
  if (state.processes.empty()) out.insert("no process runs");
  if (!state.kernel_rules) out.insert("the kernel's rules are not in force");
  if (!state.clock.is_right()) out.insert("the clock cannot be right");
  if (state.proof.ended.count() == 0) out.insert(kUntried);
  if (state.proof.broken != 0) out.insert("isolation is broken");
  if (state.proof.unproven != 0) out.insert("isolation is proven in part only");
  return out;
}

Ailments ailments_of_silence() { return {kSilent}; }

Ailments ailments_without_site() { return {"the box has no configuration yet"}; }

bool has_settled(const Ailments& seen) { return !seen.contains(kSilent) && !seen.contains(kUntried); }

Ailments new_ones(const Ailments& before, const Ailments& now) {
  Ailments out;
  std::ranges::set_difference(now, before, std::inserter(out, out.end()));
  return out;
}

}  // namespace gw::slot
