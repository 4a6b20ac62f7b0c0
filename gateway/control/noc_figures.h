#pragma once

#include "detect/shelf.h"
#include "ipc/messages/operator.h"
#include "metrics/ledger.h"
#include "model/certificate_roll.h"
#include "model/session_roll.h"
#include "spool/spool.h"

namespace gw::control {

// What the supervisor and the spool say, as figures. Each tells its families anew.

/// `adopted` is the last generation that every process was seen to run.
void tell_state(metrics::Ledger& ledger, const ipc::op::State& state, model::Generation adopted);
void tell_sessions(metrics::Ledger& ledger, const model::SessionRoll& roll);
void tell_certificates(metrics::Ledger& ledger, const model::CertificateRoll& roll);
void tell_detections(metrics::Ledger& ledger, const std::array<std::uint64_t, 2>& unseen);
void tell_spool(metrics::Ledger& ledger, spool::Class of, const spool::Tally& before,
                const spool::Tally& now);

}  // namespace gw::control
