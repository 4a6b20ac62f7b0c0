#include "net/conntrack.h"

#include <linux/netfilter/nf_conntrack_tcp.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>
#include <netlink/errno.h>
#include <sys/socket.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "net/netlink_ask.h"

namespace gw::net {
namespace {

constexpr int kTries = 16;                     // something may change while we read; not for ever
constexpr std::size_t kForgottenAtOnce = 256;  // bounds what waits in memory

/// By what the kernel finds a flow again, in its own words.
struct Key {
  std::uint8_t family = AF_UNSPEC;
  std::vector<std::uint8_t> tuple{}, zone{};
};
struct Stray {
  Flow flow;
  Key key;
};
struct Search {
  const FlowRules& rules;
  std::vector<Stray> found{};
};

MessagePtr about_flows(int type, int flags, std::uint8_t family) {
  MessagePtr out = request(NFNL_SUBSYS_CTNETLINK << 8 | type, flags);
  nfgenmsg header{family, NFNETLINK_V0, 0};
  nlmsg_append(out.get(), &header, sizeof header, NLMSG_ALIGNTO);
  return out;
}

std::vector<std::uint8_t> bytes_of(const nlattr* attribute) {
  if (attribute == nullptr) return {};
  const auto* data = static_cast<const std::uint8_t*>(nla_data(attribute));
  return {data, data + nla_len(attribute)};
}

std::uint16_t port_of(const nlattr* attribute) {
  return attribute == nullptr ? std::uint16_t{0} : ntohs(nla_get_u16(attribute));
}

model::IpAddress address_of(const nlattr* v4, const nlattr* v6) {
  const nlattr* attribute = v4 != nullptr ? v4 : v6;
  model::IpAddress::Octets octets{};
  if (attribute == nullptr || nla_len(attribute) > static_cast<int>(octets.size())) return {};
  std::copy_n(static_cast<const std::uint8_t*>(nla_data(attribute)), nla_len(attribute), octets.begin());
  return {v4 != nullptr ? model::Family::ipv4 : model::Family::ipv6, octets};
}

/// What the kernel does not tell stays empty, and nothing allows that.
Flow flow_of(nlattr* tuple) {
  Flow flow;
  Attributes<CTA_TUPLE_MAX> parts{};
  Attributes<CTA_IP_MAX> ip{};
  Attributes<CTA_PROTO_MAX> proto{};
  if (nla_parse_nested(parts.data(), CTA_TUPLE_MAX, tuple, nullptr) != 0) return flow;
  if (parts[CTA_TUPLE_IP] == nullptr || parts[CTA_TUPLE_PROTO] == nullptr) return flow;
  if (nla_parse_nested(ip.data(), CTA_IP_MAX, parts[CTA_TUPLE_IP], nullptr) != 0) return flow;
  if (nla_parse_nested(proto.data(), CTA_PROTO_MAX, parts[CTA_TUPLE_PROTO], nullptr) != 0) return flow;
  if (proto[CTA_PROTO_NUM] != nullptr) flow.protocol = nla_get_u8(proto[CTA_PROTO_NUM]);
  flow.source = {address_of(ip[CTA_IP_V4_SRC], ip[CTA_IP_V6_SRC]), port_of(proto[CTA_PROTO_SRC_PORT])};
  flow.destination = {address_of(ip[CTA_IP_V4_DST], ip[CTA_IP_V6_DST]), port_of(proto[CTA_PROTO_DST_PORT])};
  return flow;
}

/// Nothing of it will pass any more.
bool is_over(nlattr* protocol_info) {
  Attributes<CTA_PROTOINFO_MAX> info{};
  Attributes<CTA_PROTOINFO_TCP_MAX> tcp{};
  if (protocol_info == nullptr ||
      nla_parse_nested(info.data(), CTA_PROTOINFO_MAX, protocol_info, nullptr) != 0 ||
      info[CTA_PROTOINFO_TCP] == nullptr ||
      nla_parse_nested(tcp.data(), CTA_PROTOINFO_TCP_MAX, info[CTA_PROTOINFO_TCP], nullptr) != 0 ||
      tcp[CTA_PROTOINFO_TCP_STATE] == nullptr)
    return false;
  const std::uint8_t state = nla_get_u8(tcp[CTA_PROTOINFO_TCP_STATE]);
  return state == TCP_CONNTRACK_TIME_WAIT || state == TCP_CONNTRACK_CLOSE;
}

int judge_flow(nl_msg* answer, void* target) {
  nlmsghdr* header = nlmsg_hdr(answer);
  Attributes<CTA_MAX> attributes{};
  if (nlmsg_parse(header, sizeof(nfgenmsg), attributes.data(), CTA_MAX, nullptr) != 0 ||
      attributes[CTA_TUPLE_ORIG] == nullptr)
    return NL_OK;
  auto& search = *static_cast<Search*>(target);
  const Flow flow = flow_of(attributes[CTA_TUPLE_ORIG]);
  if (search.rules.allow(flow) || is_over(attributes[CTA_PROTOINFO])) return NL_OK;
  const std::uint8_t family = static_cast<const nfgenmsg*>(nlmsg_data(header))->nfgen_family;
  search.found.push_back(
      {flow, {family, bytes_of(attributes[CTA_TUPLE_ORIG]), bytes_of(attributes[CTA_ZONE])}});
  return NL_OK;
}

Result<std::vector<Stray>> find_strays(const Netlink& netfilter, const FlowRules& rules) {
  int code = 0;
  for (int tries = 0; tries < kTries; ++tries) {
    Search search{rules};
    code = ask(netfilter, about_flows(IPCTNL_MSG_CT_GET, NLM_F_DUMP, AF_UNSPEC), judge_flow, &search);
    if (code >= 0) return std::move(search.found);
    if (code != -NLE_DUMP_INTR) break;
  }
  return netlink_error("read tracked flows", code);
}

MessagePtr forgetting(const Key& key) {
  MessagePtr message = about_flows(IPCTNL_MSG_CT_DELETE, 0, key.family);
  nla_put(message.get(), CTA_TUPLE_ORIG | NLA_F_NESTED, static_cast<int>(key.tuple.size()), key.tuple.data());
  if (!key.zone.empty()) nla_put(message.get(), CTA_ZONE, static_cast<int>(key.zone.size()), key.zone.data());
  return message;
}

/// One that ended by itself meanwhile is as good.
Result<> forget(const Netlink& netfilter, const std::vector<Stray>& strays) {
  std::vector<MessagePtr> messages;
  for (const Stray& stray : strays) {
    messages.push_back(forgetting(stray.key));
    if (messages.size() < kForgottenAtOnce && &stray != &strays.back()) continue;
    if (const int code = order_all(netfilter, messages); code < 0)
      return netlink_error("forget tracked flows", code);
    messages.clear();
  }
  return Done{};
}

}  // namespace

Result<> settle_flows(const Netlink& netfilter, const FlowRules& rules, Repairs& repairs) {
  GW_TRY(const std::vector<Stray> strays, find_strays(netfilter, rules));
  if (strays.empty()) return Done{};
  for (const Stray& stray : strays) repairs.add(to_text(stray.flow) + " has no place in the plan");
  GW_TRY(forget(netfilter, strays));
  GW_TRY(const std::vector<Stray> left, find_strays(netfilter, rules));
  if (left.empty()) return Done{};
  return Error{ErrorCode::net_apply_failed, "left over: " + to_text(left.front().flow)};
}

}  // namespace gw::net
