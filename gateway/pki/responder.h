#pragma once

#include <openssl/ocsp.h>

#include "pki/handles.h"
#include "pki/revocation.h"

namespace gw::pki {

/// Who may have signed this answer about certificates of `issuer` (RFC 6960 4.2.2.2): the issuer itself, or a
/// certificate sent along that the issuer has signed itself, valid now, sound in form and strength, made for
/// id-kp-OCSPSigning and marked id-pkix-ocsp-nocheck. Nullptr if neither; the signature is not looked at. The
/// result belongs to `basic` or is `issuer`.
X509* responder_of(OCSP_BASICRESP* basic, X509* issuer, model::CivilSeconds now);

}  // namespace gw::pki
