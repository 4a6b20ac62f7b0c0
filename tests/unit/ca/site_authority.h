#pragma once

#include <string>

#include "ca/issue.h"
#include "ca/request.h"

namespace gw::ca {

/// 2026-11-22 12:00 UTC.
inline constexpr model::CivilSeconds kNow{1'795'348'800};
inline constexpr model::CivilSeconds kDay{86'400};

/// The profile of certs/profiles with that name.
Profile profile_named(const std::string& name);
/// The private key of a name in the key ring.
keys::PrivateKeyPtr private_key(const std::string& name);
PublicKey public_key(const std::string& name);

pki::X509Ptr read_certificate(const Octets& der);
std::string pem_of(const Octets& certificate);
/// Why something was refused, as a stable id; "" if it was not.
template <class T>
std::string refusal(const Result<T>& result) {
  return result ? "" : std::string(to_string(result.error().code));
}

/// A vendor's root and a site's authority below it, made as they are in the field.
struct SiteAuthority {
  explicit SiteAuthority(const std::string& key_name = "p384 site", model::CivilSeconds made = kNow);

  Result<Octets> issue_for(const std::string& key, const std::string& profile, const Order& order,
                           model::CivilSeconds now = kNow) const;
  /// A terminal of the tenant karte.
  Octets terminal(const std::string& name, const std::string& key, model::CivilSeconds now = kNow) const;

  keys::PrivateKeyPtr root_key, key;
  Octets root_der, der;
  pki::X509Ptr root, certificate;
};

Order terminal_order(const std::string& name);
Order hosts_order();
Order site_order();

}  // namespace gw::ca
