#pragma once

#include <string>
#include <vector>

#include "model/configuration.h"
#include "net/plan.h"

namespace gw::probe {

/// Somewhere a packet must not get to.
struct Aim {
  std::string way{};   ///< W1 to W8, or the control
  std::string what{};  ///< "cloud of imaging"
  net::Protocol protocol = net::Protocol::tcp;
  model::Endpoint endpoint{};
};

/// What is tried with sockets that were made in ns lan, in the place of a tenant's proxyd, and in ns wan, in
/// the place of its dialerd.
struct TenantAims {
  model::TenantId tenant{};
  std::vector<Aim> lan{};
  std::vector<Aim> wan{};
};

/// What somebody on the other side of a cable sends into a namespace.
struct OutsideAims {
  std::vector<model::IpAddress> own{};       ///< the box's addresses there
  std::vector<model::Endpoint> listeners{};  ///< TCP that it serves there, to others than this cable's end
  std::vector<model::IpAddress> posed{};     ///< senders that live elsewhere
  std::vector<model::IpAddress> beyond{};    ///< whom only a router would bring a packet to
};

/// All aims under one configuration: a pure function of it and of what the kernel lets through by design.
/// Nothing that a permission of the same tenant covers is among them. Bounded: a few of each kind stand for
/// the kind.
struct Aims {
  model::Generation generation{};
  std::string site{};
  std::vector<TenantAims> tenants{};
  std::vector<Aim> nobody{};  ///< in ns wan, under an account that is no dialer's
  OutsideAims lan{}, wan{}, mgmt{};
};

Aims aims_of(const model::Configuration& configuration);

inline constexpr std::size_t kMostAims = 4096;
inline constexpr std::size_t kMostOfAKind = 64;  // of addresses and listeners that stand for others

template <class Io>
void visit(Io& io, Aim& a) {
  io.text(a.way, 16);
  io.text(a.what, 80);
  io.choice(a.protocol, net::Protocol::udp);
  io.field(a.endpoint);
}
template <class Io>
void visit(Io& io, TenantAims& a) {
  io.field(a.tenant);
  io.list(a.lan, kMostAims);
  io.list(a.wan, kMostAims);
}
template <class Io>
void visit(Io& io, OutsideAims& a) {
  io.list(a.own, kMostOfAKind);
  io.list(a.listeners, kMostOfAKind);
  io.list(a.posed, kMostOfAKind);
  io.list(a.beyond, kMostOfAKind);
}
template <class Io>
void visit(Io& io, Aims& a) {
  io.field(a.generation);
  io.text(a.site, model::kMaxName);
  io.list(a.tenants, model::kMaxTenants);
  io.list(a.nobody, kMostAims);
  io.field(a.lan);
  io.field(a.wan);
  io.field(a.mgmt);
}

}  // namespace gw::probe
