#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/fd.h"
#include "base/result.h"
#include "model/configuration.h"
#include "net/plan.h"
#include "sys/spawn.h"

namespace gw::net::tests {

/// The box's namespaces and its neighbours': interfaces appear in `arrivals`, their other ends stand in
/// `clinic` and `cloud`. All of them go when this goes.
struct Stage {
  UniqueFd arrivals, lan, wan, clinic, cloud;

  Stage();
};

/// Where commands find a namespace.
std::string path_of(const UniqueFd& in);

/// Runs a command of iproute2 or nft in a namespace; its output.
std::string run(const UniqueFd& in, const std::string& command);

/// Makes the kernel track so many connections of devices of the clinic to 10.1.0.1.
void load_flows(const UniqueFd& in, int count, std::uint16_t port);

/// Two tenants on the stage: A with fixed addresses on port 443, B by name on port 8443, one resolver.
model::Configuration two_tenants();

/// What a deed answered.
struct Answer {
  std::vector<std::string> repaired{};
  std::vector<std::string> left{};
  std::uint32_t further = 0;
  UniqueFd listing{};  ///< of the rules, sealed; none after base and links
};

/// Runs the real sekisho-net-apply as the box runs it: own account, CAP_NET_ADMIN alone, nothing else
/// inherited but `places`. Its answer; a missing or second answer fails the test.
Result<Answer> net_apply_with(const std::string& deed, const UniqueFd& in, std::vector<sys::Placed> places);
Result<> net_apply(const Stage& stage, const std::string& deed, const UniqueFd& in, const Plan& plan);
Result<> net_apply_bytes(const Stage& stage, const std::string& deed, const UniqueFd& in,
                         const UniqueFd& input);
/// Compares with what an earlier run listed.
Result<Answer> look_again(const std::string& deed, const UniqueFd& in, const Plan& plan,
                          const UniqueFd& listing);

/// links, lan, wan: the whole box.
void apply_all(const Stage& stage, const Plan& plan);

}  // namespace gw::net::tests
