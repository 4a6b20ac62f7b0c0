#include "net/socket.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "model/accounts.h"
#include "net/protocol.h"

namespace gw::net {
namespace {

constexpr std::uint16_t kAnyPort = 0;
constexpr std::uint16_t kDhcpClientPort = 68;

/// What the box's own processes hold besides openings and calls.
struct OwnPlace {
  Role role;
  SocketKind kind;
  std::uint32_t account;
  std::uint16_t port;
};
constexpr OwnPlace kOwnPlaces[] = {
    {Role::lan, SocketKind::packet, model::kLanWatchAccount, kAnyPort},  // frames of a second way out
    {Role::wan, SocketKind::packet, model::kDhcpAccount, kAnyPort},      // answers before there is an address
    {Role::wan, SocketKind::udp, model::kDhcpAccount, kDhcpClientPort},  // renewals
    {Role::lan, SocketKind::udp, model::kProbeAccount,
     kAnyPort},  // the isolation proof calls and reaches nobody (ISO-09)
    {Role::lan, SocketKind::tcp_calling, model::kProbeAccount, kAnyPort},
    {Role::wan, SocketKind::udp, model::kProbeAccount, kAnyPort},
    {Role::wan, SocketKind::tcp_calling, model::kProbeAccount, kAnyPort},
};

bool is_own(Role role, const Socket& socket) {
  return std::any_of(std::begin(kOwnPlaces), std::end(kOwnPlaces), [&](const OwnPlace& place) {
    return place.role == role && place.kind == socket.kind && place.account == socket.account &&
           (place.port == kAnyPort || place.port == socket.local.port);
  });
}

/// As who answers; nothing if one cannot answer with such a socket.
std::optional<Protocol> answers_in(SocketKind kind) {
  switch (kind) {
    case SocketKind::tcp_listening:
      return Protocol::tcp;
    case SocketKind::udp:
      return Protocol::udp;
    case SocketKind::tcp_calling:
    case SocketKind::raw:
    case SocketKind::packet:
      break;
  }
  return std::nullopt;
}

/// As who calls. A socket of UDP does both.
std::optional<Protocol> calls_in(SocketKind kind) {
  if (kind == SocketKind::tcp_calling) return Protocol::tcp;
  return kind == SocketKind::udp ? std::optional(Protocol::udp) : std::nullopt;
}

/// The time service hears all addresses of its segments on one socket; the rules let it answer at the
/// openings alone.
bool hears_all(const Socket& socket) {
  return socket.account == model::kTimeAccount && socket.local.port == model::kTimePort;
}

bool answers_at(const Opening& opening, const Socket& socket) {
  if (answers_in(socket.kind) != opening.protocol || socket.local.port != opening.endpoint.port) return false;
  return hears_all(socket) ? socket.local.address.family() == opening.endpoint.address.family()
                           : socket.local.address == opening.endpoint.address;
}

bool has_opening(const AnsweringSide& side, const Socket& socket) {
  return std::any_of(side.openings.begin(), side.openings.end(),
                     [&](const Opening& opening) { return answers_at(opening, socket); });
}

bool has_permission(const CallingSide& side, const Socket& socket) {
  const std::optional<Protocol> protocol = calls_in(socket.kind);
  return std::any_of(side.permissions.begin(), side.permissions.end(), [&](const Permission& permission) {
    return permission.account == socket.account && permission.protocol == protocol;
  });
}

const AnsweringSide& answering(const Plan& plan, Role role) {
  return role == Role::lan ? plan.lan : plan.mgmt;
}

}  // namespace

std::string to_text(const Socket& socket) {
  const std::string of = " of account " + std::to_string(socket.account);
  switch (socket.kind) {
    case SocketKind::tcp_listening:
      return "listening TCP socket " + socket.local.to_text() + of;
    case SocketKind::tcp_calling:
      return "calling TCP socket " + socket.local.to_text() + of;
    case SocketKind::udp:
      return "UDP socket " + socket.local.to_text() + of;
    case SocketKind::raw:
      return "raw socket " + socket.local.address.to_text() + " for protocol " +
             std::to_string(socket.local.port) + of;
    case SocketKind::packet:
      break;
  }
  return "packet socket" + of;
}

bool has_place(const Plan& plan, Role role, const Socket& socket) {
  if (is_own(role, socket)) return true;
  return role == Role::wan ? has_permission(plan.wan, socket) : has_opening(answering(plan, role), socket);
}

std::vector<std::string> silent_openings(const Plan& plan, Role role, const std::vector<Socket>& sockets) {
  std::vector<std::string> out;
  if (role == Role::wan) return out;
  for (const Opening& opening : answering(plan, role).openings)
    if (std::none_of(sockets.begin(), sockets.end(),
                     [&](const Socket& socket) { return answers_at(opening, socket); }))
      out.push_back(protocol_text(number_of(opening.protocol)) + " " + opening.endpoint.to_text());
  return out;
}

}  // namespace gw::net
