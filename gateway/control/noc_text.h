#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "control/record_store.h"
#include "ipc/messages/operator.h"
#include "spool/spool.h"

namespace gw::control {

/// A record as a syslog message (RFC 5424): its line as it is kept and chained, beside its link, so that
/// whoever receives them holds the chain (LOG-03); `number` is its place in its class.
std::string syslog_of(const RecordStore::Kept& kept, const audit::Record& record, const std::string& site,
                      spool::Class of, std::uint64_t number);

/// A member of the state (state_fields.def); a dot leads into the objects of a list.
struct StateField {
  std::string_view name{};
  std::string_view help{};
};
/// All that it may have.
std::span<const StateField> state_fields();

/// How the box is, as JSON: `sekisho.state/1`.
std::string state_text(const ipc::op::State& state, const std::string& site,
                       std::span<const spool::Tally> tallies);

}  // namespace gw::control
