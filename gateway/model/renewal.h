#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/configuration.h"
#include "model/key_kind.h"
#include "model/layout.h"

namespace gw::model {

/// A certificate of the box that the box itself keeps new (CRT-03), as its tenant's configuration says.
struct ManagedIdentity {
  /// Whom it is shown to.
  enum class Side : std::uint8_t { clouds, terminals };

  std::string name{};
  Side side{};
  KeyKind key{};
  std::vector<std::string> hosts{};  ///< of the terminals' side: the names they connect to
  // The enrolment server (RFC 7030), reached through the tenant's dialer; of port zero: requests and
  // certificates are carried by people.
  ServiceId dial{};           ///< its target in the tenant's dial table
  std::string server_name{};  ///< its certificate must carry it
  std::uint16_t port = 0;
  std::string label{};        ///< optional path segment (RFC 7030 3.2.2)
  std::string anchors_pem{};  ///< trusted for it alone

  bool has_server() const { return port != 0; }
};

/// What the box has of an identity: PEM, the key as keyd made it and the chain, the identity's own
/// certificate first. Each part may be missing.
struct IdentitySlot {
  std::string current{};  ///< in use: key and chain
  std::string next{};     ///< a key that is asked for, perhaps with the chain that has not been tried yet
  std::string ticket{};   ///< the one-time word for the first enrolment
  std::string answer{};   ///< the chain that somebody brought for the next key, PEM
  std::string wish{};     ///< what an operator wants before it is due: a word of below
};
inline constexpr std::string_view kWishRequest = "request";  ///< a request to carry away
inline constexpr std::string_view kWishRenewal = "renewal";  ///< the next one now

/// What one run of the renewer is given: the identities of one tenant with what there is of each.
struct RenewalOrder {
  struct Item {
    ManagedIdentity identity{};
    IdentitySlot slot{};
  };
  Generation generation{};  ///< of the dial table
  std::string tenant{};
  std::vector<Item> items{};
};

inline constexpr std::uint32_t kMostIdentities = kMaxIdentities;
inline constexpr std::uint32_t kMostSlotText = 64 * 1024;
inline constexpr std::uint32_t kMostTicket = 256;
inline constexpr std::uint32_t kMostWish = 16;

template <class Io>
void visit(Io& io, ManagedIdentity& i) {
  io.text(i.name, kMaxName);
  io.choice(i.side, ManagedIdentity::Side::terminals);
  io.choice(i.key, KeyKind::rsa_3072);
  texts(io, i.hosts, 64, 253);
  io.field(i.dial);
  io.text(i.server_name, 253);
  io.field(i.port);
  io.text(i.label, 64);
  io.text(i.anchors_pem, kMostSlotText);
}
template <class Io>
void visit(Io& io, IdentitySlot& s) {
  io.text(s.current, kMostSlotText);
  io.text(s.next, kMostSlotText);
  io.text(s.ticket, kMostTicket);
  io.text(s.answer, kMostSlotText);
  io.text(s.wish, kMostWish);
}
template <class Io>
void visit(Io& io, RenewalOrder::Item& i) {
  io.field(i.identity);
  io.field(i.slot);
}
template <class Io>
void visit(Io& io, RenewalOrder& o) {
  io.field(o.generation);
  io.text(o.tenant, kMaxName);
  io.list(o.items, kMostIdentities);
}

}  // namespace gw::model
