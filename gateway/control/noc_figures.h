#pragma once

#include <map>
#include <string>

#include "detect/shelf.h"
#include "ipc/messages/operator.h"
#include "maintenance/request.h"
#include "metrics/ledger.h"
#include "model/certificate_roll.h"
#include "model/session_roll.h"
#include "model/update_state.h"
#include "spool/spool.h"

namespace gw::control {

// What the supervisor and the spool say, as figures. Each tells its families anew.

/// `adopted` is the last generation that every process was seen to run.
void tell_state(metrics::Ledger& ledger, const ipc::op::State& state, model::Generation adopted);
void tell_sessions(metrics::Ledger& ledger, const model::SessionRoll& roll);
/// `terminals`: of each tenant, when the first certificate ends that its terminals come with.
void tell_certificates(metrics::Ledger& ledger, const model::CertificateRoll& roll,
                       const std::map<std::string, model::CivilSeconds>& terminals);
void tell_detections(metrics::Ledger& ledger, const std::array<std::uint64_t, 2>& unseen);
/// Nothing of a box that runs from no image of ours.
void tell_update(metrics::Ledger& ledger, const model::UpdateState& update);
/// `pending`: those that can still let somebody in, and emergencies that nobody has decided on.
void tell_maintenance(metrics::Ledger& ledger, const std::vector<maintenance::Request>& pending);
/// Of the state nothing: its newest takes the place of the one before, so it neither fills nor loses
/// anything.
void tell_spool(metrics::Ledger& ledger, spool::Class of, const spool::Tally& before,
                const spool::Tally& now);

}  // namespace gw::control
