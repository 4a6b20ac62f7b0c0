#pragma once

#include <cstdint>
#include <span>

#include "model/address.h"

namespace gw::dial {

/// Who named an address: the configuration, or a DNS answer.
enum class NamedBy : std::uint8_t { configuration, resolver };

/// May a cloud be dialled there (W8, WLS-02)? Never inside `forbidden` (the clinic's prefixes), also not as
/// an IPv4 address wrapped in IPv6; never in ranges that no cloud lives in. Loopback is the exception
/// that only the configuration can make, for a cloud that is simulated on the same machine: it is no
/// part of any clinic, so `forbidden` does not speak of it.
bool may_dial(const model::IpAddress& address, NamedBy named_by, std::span<const model::Prefix> forbidden);

/// Is it an address of this machine, by the routing table of the namespace we are in? Nothing is sent.
bool is_own_address(const model::IpAddress& address);

}  // namespace gw::dial
