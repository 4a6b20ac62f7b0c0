#pragma once

#include <openssl/bio.h>

#include "tls/socket.h"

namespace gw::tls {

/// A BIO that reads a Socket's received bytes and queues what is written. Does not own the socket and never
/// waits: an empty socket is a retry. Null when out of memory.
BIO* make_socket_bio(Socket& socket);

}  // namespace gw::tls
