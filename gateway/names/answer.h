#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/bytes.h"
#include "names/zones.h"

namespace gw::names {

enum class Transport : std::uint8_t { udp, tcp };

/// An answer over UDP is never longer than so many times its question, whoever forged the sender: a flood of
/// questions gains nothing from us. Three is what RFC 9000 8.1 allows toward an address nobody has proved.
inline constexpr std::size_t kMostAmplification = 3;

/// The whole answer to a message; nothing if it must not be answered. Authoritative for the zones and refused
/// for all else: nothing is ever asked elsewhere, so RD is ignored and RA clear (RFC 1034 4.3.1).
std::optional<std::vector<std::uint8_t>> answer(Bytes message, const Zones& zones, Transport transport);

}  // namespace gw::names
