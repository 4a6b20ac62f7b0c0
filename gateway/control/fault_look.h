#pragma once

#include "control/fault_sight.h"
#include "control/record_store.h"

namespace gw::control::web {

/// What was measured, and what follows of it.
struct FaultLook {
  std::vector<Observation> observations{};
  FaultVerdict verdict{};
};
/// By what the supervisor says and the records of the last while. store.failed.
Result<FaultLook> look_for_faults(const ipc::op::Diagnosis& diagnosis, const NetworkLook& network,
                                  const model::CertificateRoll& certificates, const model::RuleRoll& rules,
                                  RecordStore& store, CivilTime now);

}  // namespace gw::control::web
