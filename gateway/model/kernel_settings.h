#pragma once

#include <cstdint>

namespace gw::model {

enum class Presence : std::uint8_t {
  everywhere,   ///< its absence is an error
  where_known,  ///< not every kernel has it
};

/// A file beneath /proc/sys/net and what must stand in it.
struct KernelSetting {
  const char* name;  ///< '*' stands for "all", "default" and each interface
  const char* value;
  Presence presence;
  const char* reason;
};

// Row order matters: switching forwarding resets redirects and the settings of single interfaces.
// clang-format off
/// What holds in every network namespace of the box, for every interface (ISO-01, ISO-08, W1, W3). The supervisor
/// writes it when it makes the namespaces; net-apply checks and repairs it.
inline constexpr KernelSetting kKernelSettings[] = {
    // Nothing goes through.
    {"ipv4/ip_forward", "0", Presence::everywhere, "the box is no router"},
    {"ipv4/conf/*/forwarding", "0", Presence::everywhere, "nor is one of its interfaces"},
    {"ipv6/conf/*/forwarding", "0", Presence::where_known, "the box is no router"},
    {"ipv6/conf/*/force_forwarding", "0", Presence::where_known, "forwards although forwarding is off"},
    {"ipv4/conf/*/bc_forwarding", "0", Presence::where_known, "a directed broadcast is forwarded, too"},
    {"ipv4/conf/*/proxy_arp", "0", Presence::everywhere, "the box answers for nobody else"},
    {"ipv4/conf/*/proxy_arp_pvlan", "0", Presence::everywhere, "the box answers for nobody else"},
    {"ipv6/conf/*/proxy_ndp", "0", Presence::where_known, "the box answers for nobody else"},
    {"ipv4/conf/*/bootp_relay", "0", Presence::everywhere, "lets packets from 0.0.0.0/8 through to a relay"},
    {"bridge/bridge-nf-call-iptables", "1", Presence::where_known, "what a bridge passes on meets the forward rules, too"},
    {"bridge/bridge-nf-call-ip6tables", "1", Presence::where_known, "what a bridge passes on meets the forward rules, too"},
    // Routes come from the configuration alone.
    {"ipv4/conf/*/accept_redirects", "0", Presence::everywhere, "a neighbour must not move our routes (RFC 1122 3.2.2.2)"},
    {"ipv6/conf/*/accept_redirects", "0", Presence::where_known, "a neighbour must not move our routes (RFC 4861 8)"},
    {"ipv4/conf/*/secure_redirects", "0", Presence::everywhere, "nor may the gateway"},
    {"ipv4/conf/*/send_redirects", "0", Presence::everywhere, "whoever does not forward has nothing to redirect"},
    {"ipv4/conf/*/accept_source_route", "0", Presence::everywhere, "the sender does not choose the way (RFC 7126 4.3)"},
    {"ipv6/conf/*/accept_source_route", "0", Presence::where_known, "the sender does not choose the way (RFC 5095)"},
    {"ipv6/conf/*/seg6_enabled", "0", Presence::where_known, "segment routing is source routing again (RFC 8754)"},
    {"ipv6/conf/*/rpl_seg_enabled", "0", Presence::where_known, "source routing again (RFC 6554)"},
    {"ipv6/conf/*/ioam6_enabled", "0", Presence::where_known, "nobody is told how packets travel through us (RFC 9197)"},
    {"ipv6/conf/*/accept_ra", "0", Presence::where_known, "a rogue router must not be believed (RFC 6104)"},
    {"ipv6/conf/*/accept_ra_defrtr", "0", Presence::where_known, "the same wall, should accept_ra fall"},
    {"ipv6/conf/*/accept_ra_rtr_pref", "0", Presence::where_known, "the same wall, should accept_ra fall (RFC 4191)"},
    {"ipv6/conf/*/accept_ra_pinfo", "0", Presence::where_known, "the same wall, should accept_ra fall"},
    {"ipv6/conf/*/autoconf", "0", Presence::where_known, "addresses come from the configuration alone"},
    // A source lives where it came from.
    {"ipv4/conf/*/rp_filter", "1", Presence::everywhere, "strict reverse path (RFC 3704 2.2)"},
    {"ipv4/conf/*/accept_local", "0", Presence::everywhere, "nobody outside has our address"},
    {"ipv4/conf/*/route_localnet", "0", Presence::everywhere, "127/8 never comes from a wire (RFC 1122 3.2.1.3)"},
    {"ipv4/ip_nonlocal_bind", "0", Presence::everywhere, "we speak from our own addresses"},
    {"ipv6/ip_nonlocal_bind", "0", Presence::where_known, "we speak from our own addresses"},
    // Neighbours.
    {"ipv4/conf/*/arp_ignore", "1", Presence::everywhere, "an interface answers for its own addresses only"},
    {"ipv4/conf/*/arp_announce", "2", Presence::everywhere, "and asks from its own addresses only"},
    {"ipv4/conf/*/arp_filter", "1", Presence::everywhere, "and only whom it would reach the same way"},
    {"ipv4/conf/*/arp_accept", "0", Presence::everywhere, "nobody puts himself into our table"},
    {"ipv6/conf/*/accept_untracked_na", "0", Presence::where_known, "nobody puts himself into our table"},
    {"ipv4/conf/*/drop_gratuitous_arp", "1", Presence::where_known, "an answer nobody asked for does not move a neighbour"},
    {"ipv6/conf/*/drop_unsolicited_na", "1", Presence::where_known, "an answer nobody asked for does not move a neighbour"},
    {"ipv4/conf/*/drop_unicast_in_l2_multicast", "1", Presence::where_known, "a frame to all does not carry a packet to one"},
    {"ipv6/conf/*/drop_unicast_in_l2_multicast", "1", Presence::where_known, "a frame to all does not carry a packet to one"},
    {"ipv4/icmp_echo_ignore_broadcasts", "1", Presence::everywhere, "the box amplifies nothing"},
    {"ipv4/conf/*/log_martians", "0", Presence::everywhere, "a stranger does not fill the kernel's log; the rules tell"},
    // TCP and flows.
    {"ipv4/tcp_syncookies", "1", Presence::where_known, "a SYN flood does not fill the listeners' queues (RFC 4987)"},
    {"ipv4/tcp_fastopen", "0", Presence::everywhere, "no connection begins with a send (architecture 1.2)"},
    {"ipv4/ip_unprivileged_port_start", "1024", Presence::everywhere, "well-known ports are the supervisor's to open"},
    {"netfilter/nf_conntrack_tcp_loose", "0", Presence::where_known, "a flow begins with a SYN (W6)"},
    {"netfilter/nf_conntrack_tcp_be_liberal", "0", Presence::where_known, "what lies outside the window is no part of a flow"},
    {"netfilter/nf_conntrack_checksum", "1", Presence::where_known, "a broken packet does not move a flow's state"},
    {"netfilter/nf_conntrack_log_invalid", "0", Presence::where_known, "a stranger does not fill the kernel's log; the rules tell"},
};
// clang-format on

}  // namespace gw::model
