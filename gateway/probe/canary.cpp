#include "probe/canary.h"

#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <array>
#include <cstring>
#include <numeric>

#include "model/canary.h"

namespace gw::probe {
namespace {

using model::Endpoint;
using model::Family;
using model::IpAddress;
using Outcome = model::ProofCase::Outcome;

constexpr std::chrono::milliseconds kMoment{150};
constexpr std::chrono::seconds kUntilHeard{
    5};  // an address of a new interface is asked about first (RFC 4862 5.4)
constexpr std::uint16_t kOwnPort = 47'000;
/// RFC 3927: of the canary's own; no route of the box leads there.
constexpr const char* kOwnIpv4 = "169.254.83.75";
/// What boxes like this one are known to leave open, besides the ports below 1024.
constexpr std::uint16_t kFavourites[] = {1080, 1194, 1433, 1723, 1900, 2049, 3128, 3306,
                                         3389, 4443, 4500, 5000, 5060, 5353, 5432, 5900,
                                         6379, 8000, 8080, 8443, 8888, 9090, 9100, 10443};
constexpr std::uint16_t kDatagramPorts[] = {53,  67,  68,  69,  123,  137,  161,  443,  500,
                                            514, 546, 547, 853, 1194, 1900, 4500, 5353, 51820};

std::vector<std::uint16_t> usual_ports(const std::vector<Endpoint>& listeners) {
  std::vector<std::uint16_t> out(1023);
  std::iota(out.begin(), out.end(), std::uint16_t{1});
  out.insert(out.end(), std::begin(kFavourites), std::end(kFavourites));
  for (const Endpoint& listener : listeners) out.push_back(listener.port);
  return out;
}

IpAddress own_address(const Cable& cable, Family family) {
  return family == Family::ipv4 ? *IpAddress::parse(kOwnIpv4) : link_local(cable.here);
}

}  // namespace

Result<Canary> Canary::open(const Clock& clock) {
  UniqueFd socket(::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, htons(ETH_P_ALL)));
  if (!socket) return system_error("socket(AF_PACKET)");
  ifreq request{};
  std::strncpy(request.ifr_name, model::kCanary.c_str(), sizeof request.ifr_name - 1);
  if (::ioctl(socket.get(), SIOCGIFINDEX, &request) != 0) return system_error("ioctl(SIOCGIFINDEX)");
  sockaddr_ll address{};
  address.sll_family = AF_PACKET;
  address.sll_protocol = htons(ETH_P_ALL);
  address.sll_ifindex = request.ifr_ifindex;
  if (::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    return system_error("bind(" + model::kCanary + ")");
  const int yes = 1;
  if (::setsockopt(socket.get(), SOL_PACKET, PACKET_IGNORE_OUTGOING, &yes, sizeof yes) != 0)
    return system_error("setsockopt(PACKET_IGNORE_OUTGOING)");
  return Canary(std::move(socket), {model::kCanaryOutside, model::kCanaryInside}, clock);
}

void Canary::send(const EthernetFrame& frame) {
  ::sendto(socket_.get(), frame.data(), frame.size(), 0, nullptr, 0);
}

std::size_t Canary::count(Answer wanted, std::chrono::milliseconds within) {
  const UniqueFd ready(::epoll_create1(EPOLL_CLOEXEC));
  epoll_event event{};
  event.events = EPOLLIN;
  ::epoll_ctl(ready.get(), EPOLL_CTL_ADD, socket_.get(), &event);
  std::size_t found = 0;
  std::array<std::uint8_t, 2048> buffer;
  for (const Instant deadline = clock_.now() + within; clock_.now() < deadline;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - clock_.now());
    if (::epoll_wait(ready.get(), &event, 1, static_cast<int>(left.count()) + 1) <= 0) continue;
    const ssize_t size =
        ::recvfrom(socket_.get(), buffer.data(), buffer.size(), MSG_DONTWAIT, nullptr, nullptr);
    if (size > 0 && answer_of(Bytes(buffer.data(), static_cast<std::size_t>(size))) == wanted) ++found;
  }
  return found;
}

bool Canary::is_heard() {
  const IpAddress box = link_local(cable_.there), own = link_local(cable_.here);
  for (const Instant deadline = clock_.now() + kUntilHeard; clock_.now() < deadline;) {
    send(neighbour_solicitation(cable_, own, box));
    if (count(Answer::alive, kMoment) != 0) return true;
  }
  return false;
}

void Canary::conclude(const std::string& way, const std::string& tried, std::size_t sent) {
  const std::size_t answers = count(Answer::something, kMoment);
  found_.push_back({way,
                    {},
                    {},
                    tried,
                    answers == 0 ? Outcome::held : Outcome::broken,
                    std::to_string(sent) + " packets, " + std::to_string(answers) + " answers"});
}

void Canary::knock(const IpAddress& own, std::span<const std::uint16_t> ports, const std::string& what) {
  const IpAddress from = own_address(cable_, own.family());
  for (const std::uint16_t port : ports) send(tcp_syn(cable_, {from, kOwnPort}, {own, port}));
  conclude("ISO-04", "tcp to " + own.to_text() + ", " + what, ports.size());
  for (const std::uint16_t port : kDatagramPorts) send(udp_datagram(cable_, {from, kOwnPort}, {own, port}));
  conclude("ISO-04", "udp to " + own.to_text() + ", well-known ports", std::size(kDatagramPorts));
  send(echo_request(cable_, from, own));
  conclude("ISO-04", "echo request to " + own.to_text(), 1);
}

/// The one address at which the rules that know senders and routes have no say: only the last rule is left.
void Canary::knock_everywhere() {
  std::vector<std::uint16_t> all(65'535);
  std::iota(all.begin(), all.end(), std::uint16_t{1});
  knock(link_local(cable_.there), all, "every port");
}

void Canary::pose(const OutsideAims& aims) {
  for (const IpAddress& posed : aims.posed) {
    std::size_t sent = 0;
    for (const Endpoint& listener : aims.listeners) {
      if (listener.address.family() != posed.family()) continue;
      send(tcp_syn(cable_, {posed, kOwnPort}, listener));
      ++sent;
    }
    for (const IpAddress& own : aims.own) {
      if (own.family() != posed.family()) continue;
      send(echo_request(cable_, posed, own));
      ++sent;
    }
    if (sent != 0) conclude("W3", "packets that claim to come from " + posed.to_text(), sent);
  }
}

void Canary::ask_to_pass_on(const OutsideAims& aims) {
  for (const IpAddress& beyond : aims.beyond) {
    const IpAddress from = own_address(cable_, beyond.family());
    send(tcp_syn(cable_, {from, kOwnPort}, {beyond, 443}));
    send(udp_datagram(cable_, {from, kOwnPort}, {beyond, 53}));
    send(echo_request(cable_, from, beyond));
    conclude("W2", "packets for " + beyond.to_text() + " beyond the box", 3);
  }
}

std::vector<model::ProofCase> Canary::besiege(const OutsideAims& aims) {
  found_.clear();
  if (!is_heard())
    return {{"ISO-04",
             {},
             {},
             "a stranger on the wire",
             Outcome::unproven,
             "the box did not answer neighbour discovery, so silence would prove nothing"}};
  const std::vector<std::uint16_t> ports = usual_ports(aims.listeners);
  for (const IpAddress& own : aims.own) knock(own, ports, std::to_string(ports.size()) + " ports");
  knock_everywhere();
  pose(aims);
  ask_to_pass_on(aims);
  return std::exchange(found_, {});
}

}  // namespace gw::probe
