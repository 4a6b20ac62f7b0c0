#pragma once

#include <cstdint>

namespace gw::proxy {

/// Descriptions of RFC 8446 6.2 with which a terminal is refused whose handshake, with the box or with the
/// cloud, has not been answered yet.
enum class Alert : std::uint8_t {
  handshake_failure = 40,
  access_denied = 49,
  decode_error = 50,
  protocol_version = 70,
  internal_error = 80,
  unrecognized_name = 112,
};

}  // namespace gw::proxy
