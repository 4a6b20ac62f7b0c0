#include "net/ruleset.h"

#include <algorithm>
#include <initializer_list>
#include <set>

namespace gw::net {
namespace {

using Lines = std::vector<std::string>;

/// Before reassembly (NF_IP_PRI_RAW_BEFORE_DEFRAG): nothing the box speaks is ever sent in fragments.
constexpr int kBeforeReassembly = -450;

const Lines kMalformed = {
    "ip frag-off & 0x3fff != 0 counter drop",
    "exthdr frag exists counter drop",
    // Flags that RFC 9293 3.5 never puts together.
    "tcp flags & (fin | syn | rst | ack) == 0 counter drop",
    "tcp flags & (fin | syn) == (fin | syn) counter drop",
    "tcp flags & (syn | rst) == (syn | rst) counter drop",
    "tcp flags & (fin | rst) == (fin | rst) counter drop",
    "tcp flags & (fin | ack) == fin counter drop",
};

/// RFC 4861 7.1: neighbour discovery from off the link has a lower hop limit. Router advertisements and
/// redirects are not heard: routes come from the configuration (ISO-08). Multicast reports keep the
/// solicited-node groups alive in switches that snoop (RFC 4862 5.4.2).
const Lines kNeighboursIn = {
    "icmpv6 type nd-neighbor-solicit ip6 hoplimit 255 accept",
    "icmpv6 type nd-neighbor-advert ip6 hoplimit 255 accept",
    "icmpv6 type mld-listener-query ip6 saddr fe80::/10 ip6 hoplimit 1 accept",
};
const Lines kNeighboursOut = {
    "icmpv6 type nd-neighbor-solicit ip6 hoplimit 255 accept",
    "icmpv6 type nd-neighbor-advert ip6 hoplimit 255 accept",
    "icmpv6 type mld2-listener-report ip6 hoplimit 1 accept",
};

/// RFC 1191, RFC 8201: the two messages that path MTU discovery cannot do without, of our own flows only.
const Lines kPathMtuIn = {
    "ct state related icmp type destination-unreachable icmp code frag-needed accept",
    "ct state related icmpv6 type packet-too-big accept",
};

const std::string kInvalid = "ct state invalid counter drop";
/// RFC 3704 strict: a source must live where it came from; the kernel's own filter knows IPv4 only (W3).
const std::string kSpoofed = "fib saddr . iif oif missing counter drop";
/// A flow begins with a SYN; conntrack alone would also pick one up in its middle (W6).
const std::string kNotABeginning = "ct state new tcp flags & (fin | syn | rst | ack) != syn counter drop";
/// Whoever only answers, or only hears answers, has no use for a bare SYN, not even in a simultaneous open.
const std::string kABeginning = "tcp flags & (fin | syn | rst | ack) == syn counter drop";
/// What belongs to a flow that was let begin, seen from the side that was called and from the side that
/// calls.
const std::string kFromCaller = "meta l4proto tcp ct state established ct direction original accept";
const std::string kToCaller = "meta l4proto tcp ct state established ct direction reply accept";
const std::string kFromCalled = kToCaller;
const std::string kResolverAnswers = "meta l4proto udp ct state established ct direction reply accept";
/// The kernel sends a closed socket's last packets without an account. A SYN is never among them, and asks
/// for permission even inside a flow that stands: another account may have left that flow behind.
const std::string kToCalled =
    "meta l4proto tcp ct state established ct direction original "
    "tcp flags & (fin | syn | rst | ack) != syn accept";
const std::string kRest = "counter drop";

Lines join(std::initializer_list<Lines> parts) {
  Lines out;
  for (const Lines& part : parts) out.insert(out.end(), part.begin(), part.end());
  return out;
}

/// The chains every namespace has. Forwarding is off in the kernel as well (ISO-01).
std::vector<RuleChain> chains(Lines input, Lines output) {
  return {{"malformed", "prerouting", kBeforeReassembly, Policy::accept, kMalformed},
          {"input", "input", 0, Policy::drop, std::move(input)},
          {"forward", "forward", 0, Policy::drop, {kRest}},
          {"output", "output", 0, Policy::drop, std::move(output)}};
}

/// An address alone when it is one, as nft lists it.
std::string element_of(const model::Prefix& prefix) {
  return prefix.length == prefix.address.width() ? prefix.address.to_text() : prefix.to_text();
}

/// Elements of one family; `element` gives the family and the text.
template <class T, class Element>
Lines of_family(const std::vector<T>& values, model::Family family, Element element) {
  Lines out;
  for (const T& value : values)
    if (const auto& [value_family, text] = element(value); value_family == family) out.push_back(text);
  return out;
}

struct FamilyElement {
  model::Family family;
  std::string text;
};

FamilyElement element_of_opening(const Opening& opening) {
  return {opening.endpoint.address.family(), "\"" + opening.interface + "\" . " +
                                                 opening.endpoint.address.to_text() + " . " +
                                                 std::to_string(opening.endpoint.port)};
}

FamilyElement element_of_permission(const Permission& permission) {
  const std::string protocol = permission.protocol == Protocol::tcp ? "6" : "17";
  return {permission.destination.address.family(), std::to_string(permission.account) + " . " + protocol +
                                                       " . " + element_of(permission.destination) + " . " +
                                                       std::to_string(permission.port)};
}

FamilyElement element_of_forbidden(const model::Prefix& prefix) {
  return {prefix.address.family(), element_of(prefix)};
}

RuleSet answering(const AnsweringSide& side) {
  using model::Family;
  const Lines openings4 = of_family(side.openings, Family::ipv4, element_of_opening);
  const Lines openings6 = of_family(side.openings, Family::ipv6, element_of_opening);
  const Lines input = join({{kInvalid},
                            kNeighboursIn,
                            {kSpoofed, kNotABeginning, kFromCaller},
                            kPathMtuIn,
                            {"ct state new iifname . ip daddr . tcp dport @openings4 accept",
                             "ct state new iifname . ip6 daddr . tcp dport @openings6 accept", kRest}});
  const Lines output = join({{kInvalid}, kNeighboursOut, {kABeginning, kToCaller, kRest}});
  return {{{"openings4", "ifname . ipv4_addr . inet_service", Lookup::exact, openings4},
           {"openings6", "ifname . ipv6_addr . inet_service", Lookup::exact, openings6}},
          chains(input, output)};
}

/// The accounts that may hold a flow at all.
Lines accounts_of(const std::vector<Permission>& permissions) {
  std::set<std::uint32_t> accounts;
  for (const Permission& permission : permissions) accounts.insert(permission.account);
  Lines out;
  for (const std::uint32_t account : accounts) out.push_back(std::to_string(account));
  return out;
}

std::vector<RuleElements> calling_sets(const CallingSide& side) {
  using model::Family;
  const std::string v4 = "uid . inet_proto . ipv4_addr . inet_service";
  const std::string v6 = "uid . inet_proto . ipv6_addr . inet_service";
  return {{"accounts", "uid", Lookup::exact, accounts_of(side.permissions)},
          {"forbidden4", "ipv4_addr", Lookup::interval,
           of_family(side.forbidden, Family::ipv4, element_of_forbidden)},
          {"forbidden6", "ipv6_addr", Lookup::interval,
           of_family(side.forbidden, Family::ipv6, element_of_forbidden)},
          {"permissions4", v4, Lookup::interval,
           of_family(side.permissions, Family::ipv4, element_of_permission)},
          {"permissions6", v6, Lookup::interval,
           of_family(side.permissions, Family::ipv6, element_of_permission)}};
}

RuleSet calling(const CallingSide& side) {
  const Lines input = join({{kInvalid},
                            kNeighboursIn,
                            {kSpoofed, kABeginning, kFromCalled, kResolverAnswers},
                            kPathMtuIn,
                            {kRest}});
  const Lines output =
      join({{kInvalid, "ip daddr @forbidden4 counter drop", "ip6 daddr @forbidden6 counter drop"},
            kNeighboursOut,
            {"meta skuid != @accounts counter drop", kNotABeginning, kToCalled,
             "meta skuid . meta l4proto . ip daddr . th dport @permissions4 accept",
             "meta skuid . meta l4proto . ip6 daddr . th dport @permissions6 accept", kRest}});
  return {calling_sets(side), chains(input, output)};
}

}  // namespace

RuleSet base_rule_set() {
  return {{},
          {{"input", "input", 0, Policy::drop, {kRest}},
           {"forward", "forward", 0, Policy::drop, {kRest}},
           {"output", "output", 0, Policy::drop, {kRest}}}};
}

RuleSet rule_set(const Plan& plan, Role role) {
  switch (role) {
    case Role::lan:
      return answering(plan.lan);
    case Role::wan:
      return calling(plan.wan);
    case Role::mgmt:
      break;
  }
  return answering(plan.mgmt);
}

std::string base_rules() { return to_text(base_rule_set()); }
std::string rules(const Plan& plan, Role role) { return to_text(rule_set(plan, role)); }

}  // namespace gw::net
