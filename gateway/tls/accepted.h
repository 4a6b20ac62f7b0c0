#pragma once

#include "model/address.h"

namespace gw::tls {

/// Small answers at once, and a peer that vanished without a word is noticed within two minutes. Of a
/// listening socket: what it accepts inherits that.
void tune_socket(int fd);
/// The other end of a connected socket.
model::Endpoint remote_endpoint(int fd);

}  // namespace gw::tls
