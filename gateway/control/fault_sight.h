#pragma once

#include <map>

#include "control/box_sight.h"
#include "control/fault_verdict.h"
#include "control/refusals.h"
#include "model/rule_roll.h"

namespace gw::control::web {

/// What the sides between terminals and services are judged by (DEM-03). Of one moment; pure.
struct FaultSight {
  /// What was tried or happened longer ago says nothing of now.
  static constexpr std::chrono::minutes kFresh{15};

  const ipc::op::Diagnosis& diagnosis;
  const NetworkLook& network;
  const model::CertificateRoll& certificates;
  const model::RuleRoll& rules;          ///< the services that somebody may use
  std::vector<RefusalGroup> refusals{};  ///< fresh ones
  std::map<std::string, std::chrono::milliseconds>
      admitted{};                    ///< "karte/desk-1": when its last session began, if that is fresh
  std::chrono::milliseconds now{0};  ///< since 1970, by the box's clock
};

/// Everything that could be measured, each as it is known to be.
std::vector<Observation> observations_in(const FaultSight& sight);

}  // namespace gw::control::web
