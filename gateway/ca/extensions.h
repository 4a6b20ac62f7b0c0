#pragma once

#include "ca/profile.h"

namespace gw::ca {

/// Whether whoever does not know an extension must refuse the certificate (RFC 5280 4.2).
enum class Weight : std::uint8_t { plain, critical };

/// One extension, DER.
Octets extension(int nid, Weight weight, const Octets& value);

/// The extensions that a profile gives to a certificate, in one element [3] (RFC 5280 4.1.2.9).
/// \param authority_key AuthorityKeyIdentifier in DER; empty: the certificate is its own authority.
Octets extensions_of(const Profile& profile, const Names& names, const Territory& territory,
                     const PublicKey& subject_key, const Octets& authority_key);

}  // namespace gw::ca
