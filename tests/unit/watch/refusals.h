#pragma once

#include "watch/refusal.h"

namespace gw::watch::tests {

inline model::IpAddress address(const std::string& text) { return *model::IpAddress::parse(text); }

/// A TCP packet from 10.1.0.9 that the input rules refused.
inline Refusal refused(const std::string& destination, std::uint16_t port,
                       std::uint16_t source_port = 40'000) {
  return {"not_listening", "lan0", {}, {6, {address("10.1.0.9"), source_port}, {address(destination), port}}};
}

}  // namespace gw::watch::tests
