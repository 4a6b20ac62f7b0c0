#pragma once

#include "pki/handles.h"
#include "pki/verify_error.h"

namespace gw::pki {

/// Is this leaf made for this side, and for nothing that would make it more than a leaf? It says so itself
/// (extended key usage, CRT-02), not by "any purpose" nor by Netscape's step-up; its key may sign, since a
/// handshake is a signature (RFC 8446 4.4.2.2); it is no authority (CA/B BR 7.1.2.7).
Finding usage_finding(const X509* leaf, Peer peer);

}  // namespace gw::pki
