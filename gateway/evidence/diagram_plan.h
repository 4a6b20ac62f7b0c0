#pragma once

#include <string>
#include <vector>

#include "model/network_roll.h"
#include "model/rule_roll.h"

namespace gw::evidence {

// What a diagram shows, before anything has its place. Within the module.

/// Where devices of the clinic are plugged in.
struct Segment {
  std::string name{};
  std::vector<std::string> lines{};
};
/// Where those of a segment come into a compartment.
struct Entrance {
  std::size_t segment = 0;  ///< its place among the segments
  std::string says{};
};
struct Destination {
  std::string name{};
  std::string server{};
  model::Mode mode{};
};
/// A tenant's part of the box, or the administration's.
struct Compartment {
  std::string name{};
  std::vector<Entrance> entrances{};
  std::vector<Destination> destinations{};
  std::size_t left_out = 0;  ///< destinations that there is no room for
};
struct Plan {
  std::string site{};
  std::vector<Segment> segments{};
  std::vector<Compartment> compartments{};
  std::vector<std::string> way{};  ///< to the Internet: interface and addresses
};

Plan plan_of(const model::NetworkRoll& network, const model::RuleRoll& rules);

}  // namespace gw::evidence
