#pragma once

#include <string_view>
#include <vector>

#include "net/socket.h"

namespace gw::net {

/// What /proc/net/raw or raw6 says. A line of another form is nobody's socket.
std::vector<Socket> raw_sockets_in(std::string_view listing, model::Family family);

/// The raw sockets of this namespace. Read from files, since a kernel without CONFIG_INET_RAW_DIAG tells them
/// nowhere else: before the walls are up.
std::vector<Socket> read_raw_sockets();

}  // namespace gw::net
