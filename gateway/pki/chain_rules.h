#pragma once

#include "pki/handles.h"
#include "pki/verify_error.h"

namespace gw::pki {

/// The rules for a chain that libcrypto does not know or does not keep, one topic a file. `chain` is one that
/// X509_verify_cert has built and believed with X509_V_FLAG_X509_STRICT, leaf first, anchor last; the first
/// finding counts. The anchor is a name and a key that the operator chose (RFC 5280 6.1.1 (d)): its strength
/// and its name constraints count, its form does not. CRT-08, SRV-01.
Finding chain_finding(const STACK_OF(X509) * chain, Peer peer);

}  // namespace gw::pki
