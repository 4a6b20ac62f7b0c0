#include "net/sight.h"

#include "net/addresses.h"
#include "net/link_state.h"
#include "net/neighbours.h"
#include "net/routes.h"
#include "net/sockets.h"

namespace gw::net {
namespace {

using model::NetworkSight;

template <class T>
void add(std::vector<T>& values, T value, std::size_t most) {
  if (values.size() < most) values.push_back(std::move(value));
}

NetworkSight::Link link_of(const LinkState& state, const std::vector<LinkAddress>& addresses,
                           const std::vector<DefaultRoute>& routes,
                           const std::vector<Neighbour>& neighbours) {
  NetworkSight::Link link{.interface = state.name, .up = state.up, .carrier = state.carrier};
  if (state.hardware.size() <= 32) link.hardware = state.hardware;
  for (const LinkAddress& one : addresses)
    if (one.link == state.number && !is_kernels_own(one)) add(link.addresses, one.prefix, 256);
  for (const DefaultRoute& one : routes)
    if (one.link == state.number) add(link.gateways, one.gateway, 16);
  for (const Neighbour& one : neighbours)
    if (one.link == state.number)
      add(one.answers ? link.answering : link.silent, one.address, model::kMostSightNeighbours);
  return link;
}

}  // namespace

Result<NetworkSight> look(const Kernel& kernel) {
  GW_TRY(const std::vector<LinkState> links, read_links(kernel.links));
  GW_TRY(const std::vector<LinkAddress> addresses, read_addresses(kernel.links));
  GW_TRY(const std::vector<DefaultRoute> routes, read_default_routes(kernel.links));
  GW_TRY(const std::vector<Neighbour> neighbours, read_neighbours(kernel.links));
  GW_TRY(const std::vector<model::Endpoint> listening, read_listeners(kernel.sockets));
  NetworkSight sight;
  for (const LinkState& state : links)
    if (!state.loopback)
      add(sight.links, link_of(state, addresses, routes, neighbours), model::kMostSightLinks);
  for (const model::Endpoint& one : listening) add(sight.listening, one, model::kMostSightEndpoints);
  return sight;
}

}  // namespace gw::net
