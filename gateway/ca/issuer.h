#pragma once

#include "base/result.h"
#include "ca/profile.h"
#include "ca/signed_form.h"
#include "pki/handles.h"

namespace gw::ca {

/// An authority that can sign now: its certificate with its key, wherever that is. Borrows both.
class Issuer {
 public:
  /// issue.issuer_unsuitable, with the reason, if the certificate is no authority, may not use its key that
  /// way, is not valid now, has no subject key identifier, or is another key's.
  static Result<Issuer> of(const X509* certificate, Usage usage, model::CivilSeconds now,
                           keys::PrivateKey& key);

  /// Its name in DER.
  Octets name() const;
  const PublicKey& half() const { return half_; }
  const Octets& key_identifier() const { return key_identifier_; }
  model::CivilSeconds not_before() const { return not_before_; }
  model::CivilSeconds not_after() const { return not_after_; }
  /// How many authorities may follow it; negative: any number.
  long path_length() const;
  /// Does a certificate in DER keep to the authority's own name constraints (RFC 5280 4.2.1.10)?
  bool permits(const Octets& certificate) const;

  Octets algorithm() const { return algorithm_of(half_.kind()); }
  /// AuthorityKeyIdentifier, DER (RFC 5280 4.2.1.1).
  Octets authority_key() const;
  Result<Octets> sign(const Octets& what) const { return signed_form(what, half_, *key_); }

 private:
  Issuer(const X509* certificate, PublicKey half, keys::PrivateKey& key)
      : certificate_(certificate), half_(std::move(half)), key_(&key) {}

  const X509* certificate_;
  PublicKey half_;
  keys::PrivateKey* key_;
  Octets key_identifier_{};
  model::CivilSeconds not_before_{0};
  model::CivilSeconds not_after_{0};
};

}  // namespace gw::ca
