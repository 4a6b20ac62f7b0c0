#include "control/way_to_cloud.h"

#include <algorithm>

namespace gw::control {
namespace {

using model::CloseReason;

constexpr std::string_view kStepNames[] = {"box", "names", "connection", "handshake"};
constexpr std::string_view kStandingNames[] = {"good", "bad", "unknown"};

/// How a trial may end before the handshake. Every other end is one of the handshake.
constexpr struct {
  CloseReason outcome;
  Step step;
} kEarlyEnds[] = {
    {CloseReason::upstream_unresolved, Step::names},
    {CloseReason::upstream_forbidden, Step::names},
    {CloseReason::upstream_refused, Step::connection},
    {CloseReason::upstream_timeout, Step::connection},
    {CloseReason::upstream_unavailable, Step::box},
    {CloseReason::key_unavailable, Step::box},
    {CloseReason::key_busy, Step::box},
    {CloseReason::key_unsuitable, Step::box},
    {CloseReason::cut_off, Step::box},
    {CloseReason::draining, Step::box},
    {CloseReason::internal, Step::box},
};

constexpr std::size_t number(Step step) { return static_cast<std::size_t>(step); }

Standing joined(Standing one, Standing other) {
  if (one == Standing::bad || other == Standing::bad) return Standing::bad;
  return one == Standing::good || other == Standing::good ? Standing::good : Standing::unknown;
}

}  // namespace

std::string_view to_string(Step step) { return kStepNames[number(step)]; }
std::string_view to_string(Standing standing) { return kStandingNames[static_cast<std::size_t>(standing)]; }

std::optional<Step> failed_at(const model::ServiceTrial& trial) {
  if (trial.outcome == CloseReason::finished) return std::nullopt;
  const auto* early =
      std::ranges::find_if(kEarlyEnds, [&](const auto& end) { return end.outcome == trial.outcome; });
  return early == std::end(kEarlyEnds) ? Step::handshake : early->step;
}

Way way_of(const model::ServiceTrial& trial) {
  const std::optional<Step> failed = failed_at(trial);
  Way way;
  for (std::size_t i = 0; i < kSteps; ++i)
    way[i] = !failed || i < number(*failed) ? Standing::good
             : i == number(*failed)         ? Standing::bad
                                            : Standing::unknown;
  const bool names_tell = trial.by_name || (failed && *failed == Step::names);
  if (!names_tell) way[number(Step::names)] = Standing::unknown;
  // Where terminal and cloud speak TLS with each other the box has no handshake to try.
  const bool has_shaken_hands = failed || !trial.tls.empty();
  if (!has_shaken_hands) way[number(Step::handshake)] = Standing::unknown;
  return way;
}

std::vector<std::string> faults_of(const ipc::op::State& state) {
  std::vector<std::string> out;
  for (const ipc::op::ProcessState& process : state.processes)
    if (process.pid == 0 || (!process.tenant.empty() && !process.serving))
      out.push_back("process_down:" + process.name + (process.tenant.empty() ? "" : "/" + process.tenant));
  if (!state.clock.is_right()) out.emplace_back("clock_behind");
  if (state.intake == model::Intake::closed) out.emplace_back("records_full");
  if (state.intake == model::Intake::unclaimed) out.emplace_back("box_unclaimed");
  if (!state.kernel_rules) out.emplace_back("no_kernel_rules");
  if (state.proof.broken != 0) out.emplace_back("isolation_broken");
  return out;
}

Way way_of(const ipc::op::Diagnosis& diagnosis) {
  Way way;
  way.fill(Standing::unknown);
  for (const model::ServiceTrial& trial : diagnosis.trials.trials) {
    const Way one = way_of(trial);
    for (std::size_t i = 0; i < kSteps; ++i) way[i] = joined(way[i], one[i]);
  }
  const bool is_whole = faults_of(diagnosis.state).empty() && diagnosis.trials.silent.empty();
  way[number(Step::box)] = joined(way[number(Step::box)], is_whole ? Standing::good : Standing::bad);
  return way;
}

std::string code_of(const Way& way) {
  std::string out;
  for (const Standing one : way) out += static_cast<char>('1' + static_cast<int>(one));
  return out;
}

}  // namespace gw::control
