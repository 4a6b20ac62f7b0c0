#pragma once

// Supervisor <-> watchd of one namespace: whose addresses and accounts are whose, what to listen to, and that
// the kernel's state changed.

#include <string>
#include <vector>

#include "ipc/conversation.h"
#include "model/address.h"
#include "model/finding.h"
#include "model/layout.h"

namespace gw::ipc::watch {

enum class Msg : std::uint16_t {
  owners = 1,    ///< no body; sealed Owners in the place of those before
  ear = 2,       ///< no body; the packet socket that hears the segments, in the place of the one before
  ready = 32,    ///< no body: the walls are up
  changed = 33,  ///< no body: something in the kernel's network state is new, look at it
  second_path = 34,  ///< SecondPath: a terminal of a segment that refuses such has one
};
enum class Phase : std::uint8_t { joining, serving };

/// What of the network belongs to a tenant.
struct Owner {
  std::string tenant{};
  std::uint32_t account = 0;                  ///< of its dialer
  std::vector<model::IpAddress> addresses{};  ///< its listeners stand on
};
/// What belongs where.
struct Owners {
  std::vector<Owner> tenants{};
  std::vector<model::LanSegment> segments{};  ///< that are watched for second paths
};
struct SecondPath {
  model::IpAddress source{};  ///< of the terminal
  model::Finding finding{};
};

template <class Io> void visit(Io& io, Owner& m) {
  io.text(m.tenant, model::kMaxName);
  io.field(m.account);
  io.list(m.addresses, model::kMaxListeners);
}
template <class Io> void visit(Io& io, Owners& m) {
  io.list(m.tenants, model::kMaxTenants);
  io.list(m.segments, model::kMaxSegments);
}
template <class Io> void visit(Io& io, SecondPath& m) {
  io.field(m.source);
  io.choice(m.finding, model::last_finding());
}

inline constexpr Permit kToWatcher[] = {permit(Msg::owners, Phase::serving, Times::many, 1),
                                        permit(Msg::ear, Phase::serving, Times::many, 1)};
inline constexpr Permit kFromWatcher[] = {permit(Msg::ready, Phase::joining, Times::once),
                                          permit(Msg::changed, Phase::serving, Times::many),
                                          permit(Msg::second_path, Phase::serving, Times::many)};

}  // namespace gw::ipc::watch
