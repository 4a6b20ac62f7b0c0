#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "edition.h"
#include "topology.h"

namespace gw::supervisor {

/// One thing to try on the running box, and in whose place (ISO-09).
struct Trial {
  enum class Kind : std::uint8_t {
    attempt,       ///< one power of probe/attempts.def behind the role's own walls
    reach_lan,     ///< packets from sockets that were made in ns lan, in a proxyd's hands
    reach_wan,     ///< packets from a dialerd's place
    reach_nobody,  ///< packets from ns wan under an account that is no dialer's
    names,         ///< what a dialerd would make of a name server's answers
    resume,        ///< TLS sessions taken elsewhere, in a proxyd's place
    outside,       ///< a stranger at the other end of a cable
  };
  Kind kind{};
  RoleId role{};  ///< whose confinement
  std::string place{};
  model::TenantId tenant{};
  std::string tenant_name{};
  std::string attempt{};
  Ground ground = Ground::none;  ///< of outside
};

/// Everything that is tried under one configuration, in order.
std::vector<Trial> trials_of(const Edition& edition);

/// A power that is the role's work, so that having it is no hole.
bool is_own_power(RoleId role, std::string_view attempt);
/// It is handed a packet socket (packet_socket.h), by which it could speak if no wall stood.
bool hears_a_network(RoleId role);

}  // namespace gw::supervisor
