#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "accounts/digest.h"
#include "model/address.h"

namespace gw::accounts {

/// By which way somebody comes to the box.
enum class Door : std::uint8_t {
  local,  ///< the box's own port or console: whoever stands before it
  web,    ///< the administrators' listener
};

/// From where somebody asks. Whoever hands it in has seen it himself; nothing in it is what a client says.
struct Visitor {
  Door door = Door::web;
  model::IpAddress address{};
  std::optional<Sha256> certificate{};  ///< SHA-256 of the client certificate whose key TLS has proved, and
                                        ///< whose chain is good

  /// As records have it.
  std::string to_text() const { return door == Door::local ? "local" : address.to_text(); }
  friend bool operator==(const Visitor&, const Visitor&) = default;
};

}  // namespace gw::accounts
