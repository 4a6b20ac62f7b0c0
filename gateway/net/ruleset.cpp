#include "net/ruleset.h"

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <set>
#include <utility>

#include "net/refusal.h"

namespace gw::net {
namespace {

using Lines = std::vector<std::string>;

/// Before reassembly (NF_IP_PRI_RAW_BEFORE_DEFRAG): nothing the box speaks is ever sent in fragments.
constexpr int kBeforeReassembly = -450;

/// Counts, and sends the packet to the chain that refuses it for this reason (refusal.h).
std::string refuse(const std::string& what, const std::string& reason) {
  return what + (what.empty() ? "" : " ") + "counter goto refused_" + reason;
}

const Lines kMalformed = {
    refuse("ip frag-off & 0x3fff != 0", "malformed"),
    refuse("exthdr frag exists", "malformed"),
    // Flags that RFC 9293 3.5 never puts together.
    refuse("tcp flags & (fin | syn | rst | ack) == 0", "malformed"),
    refuse("tcp flags & (fin | syn) == (fin | syn)", "malformed"),
    refuse("tcp flags & (syn | rst) == (syn | rst)", "malformed"),
    refuse("tcp flags & (fin | rst) == (fin | rst)", "malformed"),
    refuse("tcp flags & (fin | ack) == fin", "malformed"),
};

/// RFC 4861 7.1: neighbour discovery from off the link has a lower hop limit. Router advertisements and
/// redirects are not heard: routes come from the configuration (ISO-08). Multicast reports keep the
/// solicited-node groups alive in switches that snoop (RFC 4862 5.4.2).
const Lines kNeighboursIn = {
    refuse("icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } update @solicits "
           "{ iifname . ip6 saddr limit rate over 100/second burst 200 packets }",
           "flood"),
    "icmpv6 type nd-neighbor-solicit ip6 hoplimit 255 accept",
    "icmpv6 type nd-neighbor-advert ip6 hoplimit 255 accept",
    "icmpv6 type mld-listener-query ip6 saddr fe80::/10 ip6 hoplimit 1 limit rate 10/second burst 20 packets "
    "accept",
};
const RuleElements kSolicits = {"solicits", "ifname . ipv6_addr", Lookup::traffic, {}, "60s"};
const Lines kNeighboursOut = {
    "icmpv6 type nd-neighbor-solicit ip6 hoplimit 255 accept",
    "icmpv6 type nd-neighbor-advert ip6 hoplimit 255 accept",
    "icmpv6 type mld2-listener-report ip6 hoplimit 1 accept",
};

/// RFC 1191, RFC 8201: the two messages that path MTU discovery cannot do without, of our own flows only.
const Lines kPathMtuIn = {
    refuse("ct state related meta l4proto { 1, 58 } limit rate over 100/second burst 200 packets", "flood"),
    "ct state related icmp type destination-unreachable icmp code frag-needed accept",
    "ct state related icmpv6 type packet-too-big accept",
};

const std::string kInvalid = refuse("ct state invalid", "invalid");
const std::string kBroadcast = refuse("meta pkttype { broadcast, multicast }", "broadcast");
/// RFC 3704 strict: a source must live where it came from; the kernel's own filter knows IPv4 only (W3). Our
/// own addresses, and those that nobody has, come from no wire.
const Lines kSpoofed = {
    refuse("iifname != \"lo\" fib saddr type != unicast", "spoofed"),
    refuse("fib saddr . iif oif missing", "spoofed"),
};
/// A flow begins with a SYN; conntrack alone would also pick one up in its middle (W6).
const std::string kNotABeginning =
    refuse("ct state new tcp flags & (fin | syn | rst | ack) != syn", "midstream");
/// Whoever only answers, or only hears answers, has no use for a bare SYN, not even in a simultaneous open.
const std::string kABeginning = "tcp flags & (fin | syn | rst | ack) == syn";
/// What belongs to a flow that was let begin, seen from the side that was called and from the side that
/// calls.
const std::string kFromCaller = "meta l4proto tcp ct state established ct direction original accept";
const std::string kToCaller = "meta l4proto tcp ct state established ct direction reply accept";
const std::string kFromCalled = kToCaller;
/// UDP has no beginning: each datagram asks whether its opening still stands, and each answer whether it was
/// asked for. A socket that is aimed at somebody else begins a flow, and that is refused (W2).
const std::string kOpenings4 = "iifname . meta l4proto . ip daddr . th dport @openings4 accept";
const std::string kOpenings6 = "iifname . meta l4proto . ip6 daddr . th dport @openings6 accept";
const std::string kQuestion = "meta l4proto udp ct state established ct direction original ";
const std::string kAnswer =
    "meta l4proto udp ct state established ct direction reply oifname . meta l4proto . ";
const std::string kResolverAnswers = "meta l4proto udp ct state established ct direction reply accept";
/// The kernel sends a closed socket's last packets without an account. A SYN is never among them, and asks
/// for permission even inside a flow that stands: another account may have left that flow behind.
const std::string kToCalled =
    "meta l4proto tcp ct state established ct direction original "
    "tcp flags & (fin | syn | rst | ack) != syn accept";

Lines join(std::initializer_list<Lines> parts) {
  Lines out;
  for (const Lines& part : parts) out.insert(out.end(), part.begin(), part.end());
  return out;
}

bool refuses_for(const RuleChain& chain, const std::string& reason) {
  return std::any_of(chain.rules.begin(), chain.rules.end(),
                     [&](const std::string& rule) { return rule.ends_with(" refused_" + reason); });
}

/// A few copies a second of what one source sends, and a bounded number of all, to whoever listens on the
/// group; the copy has room for the headers. Each source has its own share, so that no flood hides another's
/// scan.
std::string copy(const char* set, const char* source, const std::string& reason) {
  return std::string("update @") + set + " { " + source +
         " limit rate 20/second burst 40 packets } limit rate 200/second burst 400 packets log prefix \"" +
         reason + "\" group 1 snaplen 96";
}
const std::vector<RuleElements> kCopies = {{"copies4", "ipv4_addr", Lookup::traffic, {}, "60s"},
                                           {"copies6", "ipv6_addr", Lookup::traffic, {}, "60s"}};

/// In front of the chains the ones in which their refusals end: copies, then nothing more of the packet.
std::vector<RuleChain> with_refusals(std::vector<RuleChain> chains) {
  std::vector<RuleChain> out;
  for (const Refusal& refusal : kRefusals) {
    const std::string reason = refusal.reason;
    const auto uses = [&](const RuleChain& chain) { return refuses_for(chain, reason); };
    if (std::any_of(chains.begin(), chains.end(), uses))
      out.push_back(
          {"refused_" + reason,
           "",
           0,
           Policy::drop,
           {copy("copies4", "ip saddr", reason), copy("copies6", "ip6 saddr", reason), "counter drop"}});
  }
  std::move(chains.begin(), chains.end(), std::back_inserter(out));
  return out;
}

/// The chains every namespace has. Forwarding is off in the kernel as well (ISO-01).
std::vector<RuleChain> chains(Lines input, Lines output) {
  return with_refusals({{"malformed", "prerouting", kBeforeReassembly, Policy::accept, kMalformed},
                        {"input", "input", 0, Policy::drop, std::move(input)},
                        {"forward", "forward", 0, Policy::drop, {refuse("", "forwarded")}},
                        {"output", "output", 0, Policy::drop, std::move(output)}});
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

std::string number_of(Protocol protocol) { return protocol == Protocol::tcp ? "6" : "17"; }

FamilyElement element_of_opening(const Opening& opening) {
  return {opening.endpoint.address.family(),
          "\"" + opening.interface + "\" . " + number_of(opening.protocol) + " . " +
              opening.endpoint.address.to_text() + " . " + std::to_string(opening.endpoint.port)};
}

FamilyElement element_of_permission(const Permission& permission) {
  return {permission.destination.address.family(),
          std::to_string(permission.account) + " . " + number_of(permission.protocol) + " . " +
              element_of(permission.destination) + " . " + std::to_string(permission.port)};
}

FamilyElement element_of_forbidden(const model::Prefix& prefix) {
  return {prefix.address.family(), element_of(prefix)};
}

FamilyElement element_of_source(const Source& source) {
  return {source.prefix.address.family(), "\"" + source.interface + "\" . " + element_of(source.prefix)};
}

std::vector<RuleElements> answering_sets(const AnsweringSide& side) {
  using model::Family;
  const std::string opening4 = "ifname . inet_proto . ipv4_addr . inet_service",
                    opening6 = "ifname . inet_proto . ipv6_addr . inet_service";
  return {{"openings4", opening4, Lookup::exact, of_family(side.openings, Family::ipv4, element_of_opening)},
          {"openings6", opening6, Lookup::exact, of_family(side.openings, Family::ipv6, element_of_opening)},
          {"sources4", "ifname . ipv4_addr", Lookup::interval,
           of_family(side.sources, Family::ipv4, element_of_source)},
          {"sources6", "ifname . ipv6_addr", Lookup::interval,
           of_family(side.sources, Family::ipv6, element_of_source)},
          {"starts4", "ipv4_addr", Lookup::traffic, {}, "60s"},
          {"starts6", "ipv6_addr", Lookup::traffic, {}, "60s"},
          {"held4", "ipv4_addr", Lookup::traffic, {}, ""},
          {"held6", "ipv6_addr", Lookup::traffic, {}, ""},
          {"asks4", "ipv4_addr", Lookup::traffic, {}, "60s"},
          {"asks6", "ipv6_addr", Lookup::traffic, {}, "60s"},
          {"asking4", "ipv4_addr", Lookup::traffic, {}, ""},
          {"asking6", "ipv6_addr", Lookup::traffic, {}, ""},
          kSolicits,
          kCopies[0],
          kCopies[1]};
}

/// One source takes no more than its share (CAP-02). Where a set is full, newcomers are not limited here: the
/// compartments' own limits hold, and a flood of invented sources must not shut the honest ones out.
Lines source_limits(const SourceLimits& limits) {
  const std::string rate = std::to_string(limits.connections);
  Lines out;
  for (const auto& [family, address] : {std::pair{"4", "ip saddr"}, {"6", "ip6 saddr"}}) {
    out.push_back(refuse(std::string("meta l4proto tcp ct state new update @starts") + family + " { " +
                             address + " limit rate over " + rate + "/second burst " + rate + " packets }",
                         "flood"));
    out.push_back(refuse(std::string("meta l4proto tcp ct state new add @held") + family + " { " + address +
                             " ct count over " + std::to_string(limits.open) + " }",
                         "flood"));
    // A terminal resolves and asks the time a few times a minute; and what is sent in somebody else's name
    // must not become a flood at his door. Counted apart: questions never take a session's place.
    out.push_back(refuse(std::string("meta l4proto udp update @asks") + family + " { " + address +
                             " limit rate over 50/second burst 100 packets }",
                         "flood"));
    out.push_back(refuse(std::string("meta l4proto udp ct state new add @asking") + family + " { " + address +
                             " ct count over 512 }",
                         "flood"));
  }
  return out;
}

RuleSet answering(const AnsweringSide& side) {
  const Lines input = join({{kInvalid},
                            kNeighboursIn,
                            {kBroadcast, refuse("iifname . ip saddr != @sources4", "spoofed"),
                             refuse("iifname . ip6 saddr != @sources6", "spoofed")},
                            kSpoofed,
                            {kNotABeginning, kFromCaller},
                            kPathMtuIn,
                            source_limits(side.per_source),
                            {"ct state new " + kOpenings4, "ct state new " + kOpenings6,
                             kQuestion + kOpenings4, kQuestion + kOpenings6, refuse("", "not_listening")}});
  const Lines output =
      join({{kInvalid},
            kNeighboursOut,
            {refuse(kABeginning, "outgoing"), kToCaller, kAnswer + "ip saddr . th sport @openings4 accept",
             kAnswer + "ip6 saddr . th sport @openings6 accept", refuse("", "outgoing")}});
  return {answering_sets(side), chains(input, output)};
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
           of_family(side.permissions, Family::ipv6, element_of_permission)},
          kSolicits,
          kCopies[0],
          kCopies[1]};
}

/// The client hears a server's answers on a socket in front of these rules. Once more here they are nobody's,
/// and no evidence of anything; those to a renewal belong to its flow.
Lines heard_already(const std::vector<Link>& links) {
  Lines out;
  for (const Link& link : links)
    if (link.ipv4 == model::Ipv4Source::dhcp)
      out.push_back("iifname \"" + link.interface + "\" ct state new udp sport 67 udp dport 68 counter drop");
  return out;
}

RuleSet calling(const CallingSide& side) {
  const Lines input = join(
      {{kInvalid},
       heard_already(side.links),
       kNeighboursIn,
       {kBroadcast, refuse("ip saddr @forbidden4", "spoofed"), refuse("ip6 saddr @forbidden6", "spoofed")},
       kSpoofed,
       {refuse(kABeginning, "unsolicited"), kFromCalled, kResolverAnswers},
       kPathMtuIn,
       {refuse("", "unsolicited")}});
  const Lines output = join(
      {{kInvalid, refuse("ip daddr @forbidden4", "forbidden"), refuse("ip6 daddr @forbidden6", "forbidden")},
       kNeighboursOut,
       {refuse("meta skuid != @accounts", "no_dialer"), kNotABeginning, kToCalled,
        "meta skuid . meta l4proto . ip daddr . th dport @permissions4 accept",
        "meta skuid . meta l4proto . ip6 daddr . th dport @permissions6 accept",
        refuse("", "not_permitted")}});
  return {calling_sets(side), chains(input, output)};
}

}  // namespace

RuleSet base_rule_set() {
  const Lines closed = {refuse("", "closed")};
  return {kCopies, with_refusals({{"input", "input", 0, Policy::drop, closed},
                                  {"forward", "forward", 0, Policy::drop, closed},
                                  {"output", "output", 0, Policy::drop, closed}})};
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
