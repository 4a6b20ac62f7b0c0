#include "proof_plan.h"

#include <algorithm>
#include <iterator>

namespace gw::supervisor {
namespace {

using Kind = Trial::Kind;

constexpr const char* kAttempts[] = {
#define GW_ATTEMPT(name) #name,
#include "probe/attempts.def"
#undef GW_ATTEMPT
};

struct OwnPower {
  RoleId role;
  std::string_view attempt;
};
constexpr OwnPower kOwnPowers[] = {
    {RoleId::dialerd, "make_tcp_socket"},  // its work; the rules of ns wan hold it
    {RoleId::dialerd, "connect_out"},
    {RoleId::dialerd, "reaim_a_connection"},  // it is never handed one
    {RoleId::dialerd, "turn_a_listener_into_a_caller"},
    {RoleId::isolation_probe, "make_tcp_socket"},  // it stands where nobody is
    {RoleId::isolation_probe, "connect_out"},
    {RoleId::isolation_probe, "reaim_a_connection"},
    {RoleId::isolation_probe, "turn_a_listener_into_a_caller"},
    {RoleId::dhcp_client, "reaim_a_connection"},  // it is never handed one, and Landlock refuses a new one
    {RoleId::chronyd, "make_memory_executable"},  // its libraries; what is written never is
    {RoleId::tokend, "make_memory_executable"},   // libraries; those that a token's own folder holds, too
    {RoleId::net_apply, "make_netlink_socket"},   // its work
    {RoleId::net_apply, "call_by_fast_open"},     // nobody hands it sockets
    {RoleId::net_apply, "call_by_fast_open_message"},
    {RoleId::net_apply, "put_a_program_on_a_socket"},
};

/// Whose place a stranger might take: of each tenant, and of the box.
constexpr RoleId kOfTenant[] = {RoleId::proxyd, RoleId::dialerd, RoleId::enrold};
struct OfBox {
  RoleId role;
  const char* place;
};
constexpr OfBox kOfBox[] = {{RoleId::conf_compile, "conf-compile"},
                            {RoleId::net_apply, "net-apply"},
                            {RoleId::lan_watch, "watchd in ns lan"},
                            {RoleId::wan_watch, "watchd in ns wan"},
                            {RoleId::mgmt_watch, "watchd in ns mgmt"},
                            {RoleId::evidence_sign, "evidence-sign"},
                            {RoleId::dhcp_client, "cage of udhcpc"},
                            {RoleId::namesd, "namesd"},
                            {RoleId::chronyd, "cage of chronyd"},
                            {RoleId::keyd, "keyd"},
                            {RoleId::tokend, "tokend"},
                            {RoleId::controld, "controld"},
                            {RoleId::registrar, "registrar"},
                            {RoleId::renewer, "renewer"},
                            {RoleId::webd, "webd"},
                            {RoleId::agent, "agent"},
                            {RoleId::packet_capture, "packet-capture"}};
struct Side {
  Ground ground;
  const char* place;
};
constexpr Side kSides[] = {{Ground::lan, "stranger at ns lan"},
                           {Ground::wan, "stranger at ns wan"},
                           {Ground::mgmt, "stranger at ns mgmt"}};

void add_attempts(std::vector<Trial>& trials, const Trial& in_place_of) {
  for (const char* attempt : kAttempts) {
    if (is_own_power(in_place_of.role, attempt)) continue;
    trials.push_back(in_place_of);
    trials.back().attempt = attempt;
  }
}

void add_tenant(std::vector<Trial>& trials, const model::Wiring::Compartment& compartment) {
  const auto add = [&](Kind kind, RoleId role, const char* place) {
    trials.push_back({kind, role, place, compartment.tenant, compartment.name});
  };
  add(Kind::reach_lan, RoleId::proxyd, "proxyd with sockets of ns lan");
  add(Kind::reach_wan, RoleId::dialerd, "dialerd");
  add(Kind::names, RoleId::dialerd, "dialerd");
  for (const RoleId one : kOfTenant)
    if (one != RoleId::enrold || compartment.enrolment)
      add_attempts(trials, {Kind::attempt, one, role(one).name, compartment.tenant, compartment.name});
}

}  // namespace

std::vector<Trial> trials_of(const Edition& edition) {
  std::vector<Trial> trials;
  for (const Side& side : kSides)
    trials.push_back(
        {.kind = Kind::outside, .role = RoleId::isolation_probe, .place = side.place, .ground = side.ground});
  if (!edition.wiring.compartments.empty()) {
    const model::TenantId first = edition.wiring.compartments.front().tenant;
    trials.push_back({.kind = Kind::reach_nobody,
                      .role = RoleId::isolation_probe,
                      .place = "a stranger in ns wan",
                      .tenant = first});
    trials.push_back({.kind = Kind::resume, .role = RoleId::proxyd, .place = "proxyd", .tenant = first});
  }
  for (const OfBox& one : kOfBox)
    add_attempts(trials, {.kind = Kind::attempt, .role = one.role, .place = one.place});
  for (const model::Wiring::Compartment& compartment : edition.wiring.compartments)
    add_tenant(trials, compartment);
  return trials;
}

bool is_own_power(RoleId role, std::string_view attempt) {
  return std::any_of(std::begin(kOwnPowers), std::end(kOwnPowers),
                     [&](const OwnPower& own) { return own.role == role && own.attempt == attempt; });
}

bool hears_a_network(RoleId role) { return role == RoleId::lan_watch || role == RoleId::packet_capture; }

}  // namespace gw::supervisor
