#pragma once

#include "base/bytes.h"
#include "pki/handles.h"
#include "pki/revocation.h"

namespace gw::pki {

/// Largest answer that is read, octets: one answer with the responder's certificate takes about two thousand.
inline constexpr std::size_t kMaxAnswerOctets = 64 * 1024;
/// How far the responder's clock may be ahead of the box's.
inline constexpr std::chrono::seconds kResponderSkew{300};

/// What an OCSP answer, stapled to a handshake or fetched, says of a certificate whose issuer has been
/// verified (RFC 6960). Believed if it is signed by the issuer, or by a responder that the issuer itself has
/// made for it (id-kp-OCSPSigning, 4.2.2.2) and that is not to be asked about in turn (id-pkix-ocsp-nocheck).
/// A nonce is not asked for: an answer that was made in advance cannot have one. Pure: libcrypto is left
/// without errors.
RevocationVerdict judge_answer(Bytes answer, const X509* certificate, X509* issuer, model::CivilSeconds now);

/// When what an answer says of the certificate was known to be so (thisUpdate); nothing if it says nothing of
/// it. The answer is not judged. Pure.
std::optional<model::CivilSeconds> said_at(Bytes answer, const X509* certificate, const X509* issuer);

/// Does this leaf promise that an answer is always stapled (RFC 7633, "must-staple")?
bool promises_answer(const X509* leaf);

}  // namespace gw::pki
