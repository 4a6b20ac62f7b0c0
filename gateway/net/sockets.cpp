#include "net/sockets.h"

#include <linux/inet_diag.h>
#include <linux/packet_diag.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <netlink/errno.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>

#include "net/netlink_ask.h"

namespace gw::net {
namespace {

/// A socket, and by what the kernel finds it again.
struct Found {
  Socket socket{};
  inet_diag_req_v2 key{};

  bool is_inet() const { return key.sdiag_family != AF_UNSPEC; }
};

struct Question {
  std::uint8_t family;
  std::uint8_t protocol;
  std::uint32_t states;
  const char* name;
};
constexpr std::uint32_t bit(int state) { return 1u << state; }
constexpr std::uint32_t kAnyState = ~0u;
constexpr std::uint32_t kTcpStates = bit(TCP_LISTEN) | bit(TCP_SYN_SENT);
constexpr Question kQuestions[] = {{AF_INET, IPPROTO_TCP, kTcpStates, "TCP sockets of IPv4"},
                                   {AF_INET6, IPPROTO_TCP, kTcpStates, "TCP sockets of IPv6"},
                                   {AF_INET, IPPROTO_UDP, kAnyState, "UDP sockets of IPv4"},
                                   {AF_INET6, IPPROTO_UDP, kAnyState, "UDP sockets of IPv6"}};

/// Where the box is called, a connected socket is an accepted one, and its flow says whether it may be. Where
/// it calls, it is a caller's. (One that was closed has no account any more.)
std::uint32_t states_of(const Question& question, Role role) {
  const bool calls = role == Role::wan && question.protocol == IPPROTO_TCP;
  return question.states | (calls ? bit(TCP_ESTABLISHED) : 0);
}

model::IpAddress address_of(std::uint8_t family, const std::uint32_t (&words)[4]) {
  model::IpAddress::Octets octets{};
  std::memcpy(octets.data(), words, family == AF_INET ? 4 : octets.size());
  return {family == AF_INET ? model::Family::ipv4 : model::Family::ipv6, octets};
}

struct Reading {
  const Question& question;
  std::vector<Found>& found;
};

SocketKind kind_of(const Question& question, const inet_diag_msg& told) {
  if (question.protocol == IPPROTO_UDP) return SocketKind::udp;
  return told.idiag_state == TCP_LISTEN ? SocketKind::tcp_listening : SocketKind::tcp_calling;
}

int keep_inet(nl_msg* answer, void* target) {
  nlmsghdr* header = nlmsg_hdr(answer);
  inet_diag_msg told{};
  if (header->nlmsg_type != SOCK_DIAG_BY_FAMILY || nlmsg_datalen(header) < static_cast<int>(sizeof told))
    return NL_OK;
  std::memcpy(&told, nlmsg_data(header), sizeof told);
  const auto& [question, found] = *static_cast<Reading*>(target);
  Found one;
  one.socket = {kind_of(question, told),
                {address_of(told.idiag_family, told.id.idiag_src), ntohs(told.id.idiag_sport)},
                told.idiag_uid};
  one.key = {told.idiag_family, question.protocol, 0, 0, kAnyState, told.id};
  found.push_back(one);
  return NL_OK;
}

Result<> read_inet(const Netlink& diagnosis, const Question& question, Role role, std::vector<Found>& found) {
  const MessagePtr dump = request(SOCK_DIAG_BY_FAMILY, NLM_F_DUMP);
  inet_diag_req_v2 about{question.family, question.protocol, 0, 0, states_of(question, role), {}};
  nlmsg_append(dump.get(), &about, sizeof about, NLMSG_ALIGNTO);
  Reading reading{question, found};
  if (const int code = ask(diagnosis, dump, keep_inet, &reading); code < 0)
    return netlink_error(std::string("read ") + question.name, code);
  return Done{};
}

int keep_packet(nl_msg* answer, void* target) {
  nlmsghdr* header = nlmsg_hdr(answer);
  Attributes<PACKET_DIAG_MAX> attributes{};
  if (header->nlmsg_type != SOCK_DIAG_BY_FAMILY ||
      nlmsg_parse(header, sizeof(packet_diag_msg), attributes.data(), PACKET_DIAG_MAX, nullptr) != 0)
    return NL_OK;
  Found one;
  one.socket.kind = SocketKind::packet;
  if (attributes[PACKET_DIAG_UID] != nullptr) one.socket.account = nla_get_u32(attributes[PACKET_DIAG_UID]);
  static_cast<std::vector<Found>*>(target)->push_back(one);
  return NL_OK;
}

/// A kernel without packet sockets has none.
Result<> read_packet(const Netlink& diagnosis, std::vector<Found>& found) {
  const MessagePtr dump = request(SOCK_DIAG_BY_FAMILY, NLM_F_DUMP);
  packet_diag_req about{};
  about.sdiag_family = AF_PACKET;
  about.pdiag_show = PACKET_SHOW_INFO;
  nlmsg_append(dump.get(), &about, sizeof about, NLMSG_ALIGNTO);
  const int code = ask(diagnosis, dump, keep_packet, &found);
  if (code < 0 && code != -NLE_OBJ_NOTFOUND) return netlink_error("read packet sockets", code);
  return Done{};
}

Result<std::vector<Found>> read_all(const Netlink& diagnosis, Role role) {
  std::vector<Found> found;
  for (const Question& question : kQuestions) GW_TRY(read_inet(diagnosis, question, role, found));
  GW_TRY(read_packet(diagnosis, found));
  return found;
}

std::vector<Found> strays(const Plan& plan, Role role, const std::vector<Found>& there) {
  std::vector<Found> out;
  std::copy_if(there.begin(), there.end(), std::back_inserter(out),
               [&](const Found& found) { return !has_place(plan, role, found.socket); });
  return out;
}

/// Whether it worked shows the next reading: a kernel may not know how.
void close_socket(const Netlink& diagnosis, const Found& found) {
  const MessagePtr message = request(SOCK_DESTROY);
  inet_diag_req_v2 key = found.key;
  nlmsg_append(message.get(), &key, sizeof key, NLMSG_ALIGNTO);
  order(diagnosis, message);
}

bool has(const std::vector<Found>& there, const Found& found) {
  return std::any_of(there.begin(), there.end(), [&](const Found& other) {
    return other.is_inet() && std::memcmp(&other.key.id, &found.key.id, sizeof found.key.id) == 0;
  });
}

std::string why_left(SocketKind kind) {
  return kind == SocketKind::packet ? "; it stands in front of the rules: end its process"
                                    : "; the rules refuse its packets";
}

}  // namespace

Result<std::vector<model::Endpoint>> read_listeners(const Netlink& diagnosis) {
  GW_TRY(const std::vector<Found> there, read_all(diagnosis, Role::lan));
  std::vector<model::Endpoint> out;
  for (const Found& found : there)
    if (found.socket.kind == SocketKind::tcp_listening) out.push_back(found.socket.local);
  return out;
}

Result<> settle_sockets(const Netlink& diagnosis, const Plan& plan, Role role, const std::vector<Socket>& raw,
                        Repairs& repairs) {
  GW_TRY(std::vector<Found> there, read_all(diagnosis, role));
  for (const Socket& socket : raw) there.push_back({socket, {}});
  const std::vector<Found> wrong = strays(plan, role, there);
  for (const Found& found : wrong)
    if (found.is_inet()) close_socket(diagnosis, found);
  GW_TRY(const std::vector<Found> after, read_all(diagnosis, role));
  for (const Found& found : wrong) {
    const std::string what = to_text(found.socket) + " is not ours";
    if (found.is_inet() && !has(after, found))
      repairs.add(what);
    else
      repairs.leave(what + " and cannot be closed from here" + why_left(found.socket.kind));
  }
  std::vector<Socket> sockets;
  for (const Found& found : after) sockets.push_back(found.socket);
  for (const std::string& opening : silent_openings(plan, role, sockets))
    repairs.leave("nobody listens at " + opening + ", which the plan opens");
  return Done{};
}

}  // namespace gw::net
