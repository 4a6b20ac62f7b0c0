#include "evidence/diagram_plan.h"

#include <algorithm>
#include <map>
#include <set>

namespace gw::evidence {
namespace {

using model::NetworkRoll;
using model::RuleRoll;

/// Destinations that stay legible on a page, of all compartments together and at least of each.
constexpr std::size_t kMostDestinations = 30, kFewestDestinations = 3;

constexpr std::string_view kElsewhere = "区画の外", kAdministration = "管理";

std::string count_of(std::string_view what, std::size_t count) {
  return std::string(what) + " " + std::to_string(count) + " 台";
}

class Planning {
 public:
  Planning(const NetworkRoll& network, const RuleRoll& rules) : rules_(rules) {
    plan_.site = rules.site;
    for (const NetworkRoll::Port& port : network.ports) add(port);
    for (const RuleRoll::Door& door : rules.doors) add(door);
    for (const RuleRoll::Row& row : rules.rows) add(row);
    count_terminals();
    for (const NetworkRoll::Listening& listener : network.listeners)
      if (listener.tenant.empty()) add_administration(listener);
    leave_out();
  }
  Plan take() { return std::move(plan_); }

 private:
  void add(const NetworkRoll::Port& port) {
    std::vector<std::string> lines = {port.interface};
    for (const model::Prefix& address : port.addresses) lines.push_back(address.to_text());
    if (port.side == NetworkRoll::Side::wan) {
      plan_.way = std::move(lines);
    } else if (port.side == NetworkRoll::Side::lan) {
      segment(port.segment).lines = std::move(lines);
      if (port.devices != 0) segment(port.segment).lines.push_back(count_of("登録した機器", port.devices));
    } else {
      administration_ = {"管理用ネットワーク", std::move(lines)};
    }
  }
  void add(const RuleRoll::Door& door) {
    segment(door.segment);
    enter(compartment(door.tenant), place_of(door.segment), door.endpoint);
  }
  void add(const RuleRoll::Row& row) {
    auto& destinations = compartment(row.tenant).destinations;
    if (std::ranges::find(destinations, row.service, &Destination::name) != destinations.end()) return;
    destinations.push_back({row.service, row.server_name + ":" + std::to_string(row.port), row.mode});
  }
  /// Those that may use something that the segment has a door to.
  void count_terminals() {
    using Two = std::pair<std::string_view, std::string_view>;
    std::map<Two, std::set<std::size_t>> reached_from;  // of a tenant's service, the segments' places
    for (const RuleRoll::Door& door : rules_.doors)
      for (const RuleRoll::Name& service : door.services)
        reached_from[{door.tenant, service.text}].insert(place_of(door.segment));
    std::vector<std::set<Two>> terminals(names_.size());
    for (const RuleRoll::Row& row : rules_.rows)
      for (const std::size_t place : reached_from[{row.tenant, row.service}])
        for (const RuleRoll::Name& terminal : row.terminals)
          terminals[place].emplace(row.tenant, terminal.text);
    for (std::size_t i = 0; i < terminals.size(); ++i)
      plan_.segments[i].lines.push_back(count_of("使える端末", terminals[i].size()));
  }
  void add_administration(const NetworkRoll::Listening& listener) {
    if (administration_.name.empty()) return;
    plan_.segments.push_back(administration_);
    enter(compartment(kAdministration), plan_.segments.size() - 1, listener.endpoint);
  }
  /// Several doors to one segment are one line.
  static void enter(Compartment& compartment, std::size_t segment, const model::Endpoint& endpoint) {
    const auto known = std::ranges::find(compartment.entrances, segment, &Entrance::segment);
    if (known == compartment.entrances.end())
      compartment.entrances.push_back({segment, endpoint.to_text()});
    else if (!known->says.ends_with(" ほか"))
      known->says += " ほか";
  }
  void leave_out() {
    const std::size_t most = std::max(
        kFewestDestinations, kMostDestinations / std::max<std::size_t>(plan_.compartments.size(), 1));
    for (Compartment& one : plan_.compartments) {
      if (one.destinations.size() <= most) continue;
      one.left_out = one.destinations.size() - most;
      one.destinations.resize(most);
    }
  }

  std::size_t place_of(std::string_view name) const {
    return static_cast<std::size_t>(std::ranges::find(names_, name) - names_.begin());
  }
  Segment& segment(std::string_view name) {
    const std::size_t place = place_of(name);
    if (place == names_.size()) {
      names_.emplace_back(name);
      plan_.segments.push_back({std::string(name.empty() ? kElsewhere : name), {}});
    }
    return plan_.segments[place];
  }
  Compartment& compartment(std::string_view name) {
    const auto found = std::ranges::find(plan_.compartments, name, &Compartment::name);
    if (found != plan_.compartments.end()) return *found;
    return plan_.compartments.emplace_back(Compartment{std::string(name), {}, {}, 0});
  }

  const RuleRoll& rules_;
  Plan plan_{};
  std::vector<std::string> names_{};  ///< of the segments, as the configuration has them
  Segment administration_{};
};

}  // namespace

Plan plan_of(const NetworkRoll& network, const RuleRoll& rules) { return Planning(network, rules).take(); }

}  // namespace gw::evidence
