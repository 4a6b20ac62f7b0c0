#pragma once

#include <string>
#include <vector>

#include "control/record_store.h"
#include "ipc/messages/operator.h"
#include "spool/spool.h"

namespace gw::control {

/// A record as a syslog message (RFC 5424): its line as it is kept and chained, beside its link, so that
/// whoever receives them holds the chain (LOG-03); `number` is its place in its class.
std::string syslog_of(const RecordStore::Kept& kept, const audit::Record& record, const std::string& site,
                      spool::Class of, std::uint64_t number);

/// How the box is, as JSON: `sekisho.state/1`.
std::string state_text(const ipc::op::State& state, const std::string& site,
                       const std::vector<spool::Tally>& tallies);

}  // namespace gw::control
