#pragma once

#include <array>
#include <string>
#include <vector>

#include "ipc/messages/operator.h"

namespace gw::control {

/// The steps from the box to the cloud services, in their order (DEM-03).
enum class Step : std::uint8_t {
  box,         ///< everything of the box that a session needs
  names,       ///< the clouds' names are resolved
  connection,  ///< TCP
  handshake,   ///< TLS, with both certificates
};
inline constexpr std::size_t kSteps = 4;
std::string_view to_string(Step step);

enum class Standing : std::uint8_t { good, bad, unknown };
std::string_view to_string(Standing standing);

/// Where a trial came to its end; nothing: it went well.
std::optional<Step> failed_at(const model::ServiceTrial& trial);

/// How each step is. What was not come to is unknown.
using Way = std::array<Standing, kSteps>;
Way way_of(const model::ServiceTrial& trial);

/// What of the box itself stands in the way of sessions: stable ids, and behind a colon whom they are about.
std::vector<std::string> faults_of(const ipc::op::State& state);

/// Of all trials together: bad where any is bad, good where some are and none is bad.
Way way_of(const ipc::op::Diagnosis& diagnosis);

/// To be read out on the telephone: a digit a step, 1 good, 2 bad, 3 unknown.
std::string code_of(const Way& way);

}  // namespace gw::control
