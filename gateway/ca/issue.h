#pragma once

#include "ca/issuer.h"
#include "ca/serial.h"

namespace gw::ca {

/// How far a clock of somebody who looks at a new certificate may be behind ours.
inline constexpr std::chrono::seconds kBackdated{300};

/// What one certificate shall say, within its profile.
struct Order {
  Subject subject{};
  Names names{};
  Territory territory{};  ///< of an authority whose profile wants one
  /// How long it shall live; zero: as long as the profile allows. It ends with its issuer if that is earlier.
  std::chrono::seconds life{0};
};

/// Could a certificate of this profile be issued for such a key with these names? The issuer may still say
/// no. issue.outside_profile, with what does not fit; profile.contradictory.
Result<> check_request(const Profile& profile, KeyKind key, const Subject& subject, const Names& names);

/// A certificate in DER (RFC 5280 4.1), signed by an authority whose key may be in another process or a TPM.
/// The key it is for comes from a request, or from whoever made it. issue.outside_profile, with what does not
/// fit; issue.issuer_unsuitable; profile.contradictory; the key's errors. Pure: libcrypto is left without
/// errors.
Result<Octets> issue(const PublicKey& subject_key, const Profile& profile, const Order& order,
                     const X509* issuer_certificate, const Serial& serial, model::CivilSeconds now,
                     keys::PrivateKey& issuer_key);

/// An authority that certifies itself: it is its own issuer.
Result<Octets> issue_root(const Profile& profile, const Order& order, const Serial& serial,
                          model::CivilSeconds now, keys::PrivateKey& key);

}  // namespace gw::ca
