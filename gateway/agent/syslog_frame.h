#pragma once

#include <string>
#include <string_view>

namespace gw::agent {

/// A message as syslog over TLS carries it: its length in octets, a blank, the message (RFC 5425 4.3.1).
std::string framed(std::string_view message);

}  // namespace gw::agent
