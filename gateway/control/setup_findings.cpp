#include "control/setup_findings.h"

#include <set>

#include "control/way_to_cloud.h"

namespace gw::control::web {
namespace {

namespace op = ipc::op;
using model::NetworkRoll;
using model::ServiceTrial;
using setup::Step;
using Texts = std::vector<std::string>;

void look_at_port(const NetworkRoll::Port& configured, const NetworkLook& network, Texts& out) {
  const NetworkRoll::Port port = with_lease(configured, network.state);
  const std::size_t before = out.size();
  for (const std::string& cable : cables_of(port)) {
    const std::string_view state = state_of(network.link(port.side, cable));
    if (state != "up") out.push_back("port_" + std::string(state) + ":" + cable);
  }
  if (out.size() == before && !is_as_configured(port, network.link(port)))
    out.push_back("port_differs:" + port.interface);
}

Texts findings_of_network(const NetworkLook& network) {
  Texts out;
  for (const NetworkRoll::Port& port : network.roll.ports) look_at_port(port, network, out);
  return out;
}

Result<Texts> findings_of_site(const WebAround& around) {
  Texts out;
  if (around.reviews.rules().rules().rows.empty()) out.emplace_back("no_rule");
  GW_TRY(const auto flying, around.changes.in_flight());
  if (flying) out.push_back("change_in_flight:" + std::to_string(flying->number.number()));
  return out;
}

/// Each service that somebody may use was reached since the box was started, and no trial goes on.
void look_at_trials(const model::ServiceTrials& all, const model::RuleRoll& rules, Texts& out) {
  for (const ServiceTrial& one : all.trials)
    if (failed_at(one)) out.push_back("service_failed:" + one.tenant + "/" + one.service);
  for (std::string& open : open_trials(all, rules)) out.push_back(std::move(open));
}

/// Everything was tried under the configuration that is in force, and held (ISO-09).
void look_at_proof(const std::optional<model::Proof>& proof, model::Generation generation, Texts& out) {
  using Outcome = model::ProofCase::Outcome;
  if (!proof || proof->generation != generation) return static_cast<void>(out.emplace_back("unproved"));
  if (const auto n = count(*proof, Outcome::broken)) out.push_back("proof_broken:" + std::to_string(n));
  if (const auto n = count(*proof, Outcome::unproven)) out.push_back("proof_unproven:" + std::to_string(n));
}

Texts findings_of_test(const BoxSight& sight, const WebAround& around) {
  const op::State& state = sight.diagnosis.state;
  Texts out = faults_of(state);
  look_at_trials(sight.diagnosis.trials, around.reviews.rules().rules(), out);
  look_at_proof(sight.proof, state.generation, out);
  return out;
}

}  // namespace

std::vector<std::string> open_trials(const model::ServiceTrials& all, const model::RuleRoll& rules) {
  Texts out;
  if (all.began.count() != 0 && all.ended.count() == 0) out.emplace_back("trials_under_way");
  std::set<std::string> wanted;
  for (const auto& row : rules.rows) wanted.insert(row.tenant + "/" + row.service);
  for (const ServiceTrial& one : all.trials) wanted.erase(one.tenant + "/" + one.service);
  for (const std::string& tenant : all.silent) out.push_back("silent:" + tenant);
  for (const std::string& name : wanted) out.push_back("service_untried:" + name);
  return out;
}

Result<setup::Findings> findings_of(const BoxSight& sight, const WebAround& around) {
  setup::Findings out;
  if (!around.accounts.is_bootstrapped()) out[Step::administrator].emplace_back("box_unclaimed");
  if (!sight.diagnosis.state.clock.is_right()) out[Step::time].emplace_back("clock_behind");
  out[Step::network] = findings_of_network(sight.network);
  GW_TRY(out[Step::site], findings_of_site(around));
  out[Step::test] = findings_of_test(sight, around);
  return out;
}

}  // namespace gw::control::web
