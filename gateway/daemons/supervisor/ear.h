#pragma once

#include <linux/filter.h>

#include <vector>

#include "grounds.h"
#include "model/configuration.h"

namespace gw::supervisor {

/// The classic BPF program of the ear: what of the frames in ns lan the watcher gets, cut to 512 bytes. ARP,
/// PPPoE discovery, DHCP servers' words, ICMPv6 133 to 137 and what may hide one, IP packets for the box's
/// interfaces that are not for its addresses, and broadcasts from outside the segments' networks. Nothing of
/// a session.
std::vector<sock_filter> ear_filter(const std::vector<model::LanSegment>& segments);

/// A packet socket (packet_socket.h) that hears ns lan through that program.
Result<UniqueFd> open_ear(const Grounds& grounds, const std::vector<model::LanSegment>& segments);

}  // namespace gw::supervisor
