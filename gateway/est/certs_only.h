#pragma once

#include <vector>

#include "base/result.h"
#include "est/base64.h"
#include "pki/handles.h"

namespace gw::est {

/// Most certificates in one bag.
inline constexpr int kMostCertificates = 16;

/// The certificates of a SignedData that signs nothing (RFC 5272 4.1, RFC 5652 5), in the order they stand
/// there; at least one. BER is taken as well, some servers write it. est.malformed. libcrypto is left without
/// errors.
Result<std::vector<pki::X509Ptr>> read_certs_only(Bytes octets);

/// Such a bag in DER, of certificates in DER.
Octets write_certs_only(const std::vector<Octets>& certificates);

}  // namespace gw::est
