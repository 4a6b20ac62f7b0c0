#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "ca/names.h"
#include "model/renewal.h"
#include "pki/handles.h"

namespace gw::est {

/// A certificate of the box does not live longer (CRT-02), give or take how far it is backdated.
inline constexpr model::CivilSeconds kLongestLife{397 * 86'400 + 3'600};

/// What an identity is called: toward clouds urn:sekisho:TENANT:box, toward terminals the names and addresses
/// that they connect to.
ca::Names names_of(const model::ManagedIdentity& identity, const std::string& tenant);
/// Does a certificate carry these alternative names and no others, in whatever order?
bool carries(const X509* certificate, const ca::Names& names);

/// The chain for a key out of what a server gave: the certificate of that key, then the authorities above it
/// as far as they are there, without one that certifies itself (RFC 8446 4.4.2). PEM. est.malformed if none
/// is the key's.
/// \param key SubjectPublicKeyInfo, DER.
Result<std::string> chain_for(Bytes key, const std::vector<pki::X509Ptr>& issued,
                              const std::vector<pki::X509Ptr>& authorities);

/// Can the box go by this chain? It is the key's; it carries the identity's names; it is made for the
/// identity's side, strong, and leads to the server's authorities as a peer of the box would have it (CRT-02,
/// CRT-08); it lives for a time that makes sense. est.malformed with the first thing that is wrong.
Result<> check_issued(const model::ManagedIdentity& identity, const std::string& tenant, Bytes key,
                      const std::string& chain, const std::vector<pki::X509Ptr>& authorities,
                      const Clock& clock);

}  // namespace gw::est
