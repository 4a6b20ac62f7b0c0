#include "listeners.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <cstring>
#include <set>

#include "model/management.h"
#include "sys/namespaces.h"

namespace gw::supervisor {
namespace {

constexpr int kBacklog = 4096;  // the kernel cuts it to somaxconn

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;
};

SocketAddress to_socket_address(const model::Endpoint& endpoint) {
  SocketAddress out;
  const auto& octets = endpoint.address.octets();
  if (endpoint.address.family() == model::Family::ipv4) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(endpoint.port);
    std::memcpy(&address.sin_addr, octets.data(), sizeof address.sin_addr);
    std::memcpy(&out.storage, &address, out.size = sizeof address);
  } else {
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_port = htons(endpoint.port);
    std::memcpy(&address.sin6_addr, octets.data(), sizeof address.sin6_addr);
    std::memcpy(&out.storage, &address, out.size = sizeof address);
  }
  return out;
}

Result<> set_option(int fd, int level, int option) {
  const int on = 1;
  if (::setsockopt(fd, level, option, &on, sizeof on) != 0) return system_error("setsockopt");
  return Done{};
}

Result<> set_options(int fd, const Listeners::Key& key, bool owned) {
  const model::Family family = key.endpoint.address.family();
  // Of datagrams it would let a second socket take part of them.
  if (key.transport == Transport::tcp) GW_TRY(set_option(fd, SOL_SOCKET, SO_REUSEADDR));
  if (family == model::Family::ipv6) GW_TRY(set_option(fd, IPPROTO_IPV6, IPV6_V6ONLY));
  // On our own ground the addresses are in the plan; an unplugged cable must not keep the box from starting.
  if (owned && family == model::Family::ipv4) GW_TRY(set_option(fd, IPPROTO_IP, IP_FREEBIND));
  if (owned && family == model::Family::ipv6) GW_TRY(set_option(fd, IPPROTO_IPV6, IPV6_FREEBIND));
  return Done{};
}

Result<UniqueFd> open_socket(const Listeners::Key& key, bool owned) {
  const int domain = key.endpoint.address.family() == model::Family::ipv4 ? AF_INET : AF_INET6;
  const int type = key.transport == Transport::tcp ? SOCK_STREAM : SOCK_DGRAM;
  UniqueFd fd(::socket(domain, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!fd) return system_error("socket");
  GW_TRY(set_options(fd.get(), key, owned));
  const SocketAddress address = to_socket_address(key.endpoint);
  if (::bind(fd.get(), reinterpret_cast<const sockaddr*>(&address.storage), address.size) != 0)
    return system_error("bind(" + key.endpoint.to_text() + ")");
  if (key.transport == Transport::tcp && ::listen(fd.get(), kBacklog) != 0)
    return system_error("listen(" + key.endpoint.to_text() + ")");
  return fd;
}

std::set<Listeners::Key> named_by(const model::Wiring& wiring) {
  std::set<Listeners::Key> keys;
  for (const model::Wiring::Compartment& compartment : wiring.compartments) {
    for (const model::Wiring::Listening& listening : compartment.listeners)
      keys.insert({compartment.name, listening.endpoint, Transport::tcp});
    if (compartment.enrolment)
      keys.insert({compartment.name, compartment.enrolment->listening.endpoint, Transport::tcp});
  }
  for (const model::IpAddress& address : wiring.names)
    for (const Transport transport : {Transport::udp, Transport::tcp})
      keys.insert({"", {address, model::kNamePort}, transport});
  if (wiring.management) keys.insert({model::kManagementOwner, wiring.management->listener, Transport::tcp});
  return keys;
}

}  // namespace

Result<> Listeners::open_for(const model::Wiring& wiring, const Grounds& grounds) {
  const std::set<Key> named = named_by(wiring);
  std::map<Key, UniqueFd> fresh;
  for (const Ground ground : {Ground::lan, Ground::mgmt}) GW_TRY(open_in(ground, named, grounds, fresh));
  open_.merge(fresh);
  return Done{};
}

Result<> Listeners::open_in(Ground ground, const std::set<Key>& named, const Grounds& grounds,
                            std::map<Key, UniqueFd>& fresh) const {
  GW_TRY(const sys::NetworkVisit visit, sys::NetworkVisit::enter(*grounds.network(ground)));
  for (const Key& key : named) {
    const Ground home = key.tenant == model::kManagementOwner ? Ground::mgmt : Ground::lan;
    if (home != ground || open_.count(key) != 0) continue;
    GW_TRY(fresh[key], open_socket(key, grounds.owned()));
  }
  return Done{};
}

void Listeners::keep_only(const model::Wiring& wiring) {
  const std::set<Key> named = named_by(wiring);
  std::erase_if(open_, [&](const auto& entry) { return named.count(entry.first) == 0; });
}

int Listeners::find(const Key& key) const {
  const auto found = open_.find(key);
  return found == open_.end() ? -1 : found->second.get();
}

}  // namespace gw::supervisor
