#pragma once

#include "base/bytes.h"
#include "model/key_use.h"
#include "model/signature_scheme.h"

namespace gw::keys {

/// May a key be used?
enum class Leave : std::uint8_t {
  yes,
  ended,  ///< a handshake of TLS 1.2 after the key's exception: the peer's fault, not the asker's
  no,     ///< whoever asks breaks the rules
};

/// Is the message exactly what an endpoint of this role signs in a TLS handshake, and one that the key may
/// take part in now? TLS 1.3: CertificateVerify (RFC 8446 4.4.3). TLS 1.2, only while the key's exception
/// lasts: ServerKeyExchange (RFC 8422 5.4) of a server, CertificateVerify (RFC 5246 7.4.8) of a client. Pure.
Leave may_sign(const model::KeyUse& use, model::TlsRole role, model::SignatureScheme scheme, Bytes message,
               model::CivilSeconds now);

}  // namespace gw::keys
