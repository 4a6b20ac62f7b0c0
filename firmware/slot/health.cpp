#include "slot/health.h"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace gw::slot {
namespace {

enum class Ailment : char {
#define GW_AILMENT(id, words) id,
#include "slot/ailments.def"
#undef GW_AILMENT
};
constexpr std::string_view kWords[] = {
#define GW_AILMENT(id, words) words,
#include "slot/ailments.def"
#undef GW_AILMENT
};

/// So often within five minutes the network of one namespace may have to be put right: once for what came
/// before its watcher stood, and twice for a cable or a card that somebody takes out and puts in again. More
/// is nobody's hand. What no watcher sees is found once a minute, so the fourth time comes in the fourth
/// minute: before an image is kept, which is two minutes after the proof that is made in the third.
constexpr std::uint32_t kMostDrifts = 3;

std::string line_of(Ailment ailment, const std::string& about = {}) {
  std::string out(kWords[static_cast<std::size_t>(ailment)]);
  if (const std::size_t at = out.find("{}"); at != out.npos) out.replace(at, 2, about);
  return out;
}

std::string whole_name(const ipc::op::ProcessState& process) {
  return process.tenant.empty() ? process.name : process.name + " of " + process.tenant;
}

}  // namespace

Ailments ailments_of(const ipc::op::State& state) {
  Ailments out;
  for (const ipc::op::ProcessState& process : state.processes)
    if (process.pid == 0 || !process.serving) out.insert(line_of(Ailment::not_serving, whole_name(process)));
  if (state.processes.empty()) out.insert(line_of(Ailment::no_process));
  if (!state.kernel_rules) out.insert(line_of(Ailment::no_rules));
  for (const ipc::op::DriftState& drift : state.drifts)
    if (drift.lately > kMostDrifts) out.insert(line_of(Ailment::drifting, drift.part));
  if (!state.clock.is_right()) out.insert(line_of(Ailment::wrong_clock));
  if (state.proof.ended.count() == 0) out.insert(line_of(Ailment::untried));
  if (state.proof.broken != 0) out.insert(line_of(Ailment::broken));
  if (state.proof.unproven != 0) out.insert(line_of(Ailment::unproven));
  return out;
}

Ailments ailments_of_silence() { return {line_of(Ailment::silent)}; }

Ailments ailments_without_site() { return {line_of(Ailment::without_site)}; }

bool has_settled(const Ailments& seen) {
  return !seen.contains(line_of(Ailment::silent)) && !seen.contains(line_of(Ailment::untried));
}

Ailments new_ones(const Ailments& before, const Ailments& now) {
  Ailments out;
  std::ranges::set_difference(now, before, std::inserter(out, out.end()));
  return out;
}

}  // namespace gw::slot
