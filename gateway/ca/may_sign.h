#pragma once

#include "keys/work_desk.h"
#include "model/configuration.h"

namespace gw::ca {

/// How far what is dated now may be from the clock of whoever signs it.
inline constexpr std::chrono::seconds kDatedWithin{3600};

/// What keyd asks before it signs for a one-shot: is this, whole and to the last octet, something that the
/// trade signs with this key now (CRT-01, CRT-02)?
///   found_authority   the key's own request, or a site authority's certificate for the key itself
///   certify_terminal  one certificate for the trade's terminal, as the terminal's profile has it; a list
///   keep_lists        a revocation list or an OCSP answer, believed for a week at most
///   hold_identity     the key's own request, or a handshake of TLS 1.3 as the client
///   sign_records      a checkpoint of records, or the seal of a backup or of evidence, of now
/// Pure: libcrypto is left without errors.
keys::Grant may_sign(const ipc::compartment::KeyWork& trade, const keys::PrivateKey& key,
                     model::SignatureScheme scheme, Bytes message, model::CivilSeconds now);

}  // namespace gw::ca
