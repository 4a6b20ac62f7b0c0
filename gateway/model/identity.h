#pragma once

#include <array>
#include <string>
#include <vector>

#include "model/configuration.h"

namespace gw::pki {
class IdentityReader;
}

namespace gw::model {

/// What is kept of a verified leaf certificate. Only pki makes one, and only after the chain, purpose,
/// validity and strength were checked; so whoever holds one need not ask again. From the subject
/// alternative name, never the common name.
class CertificateIdentity {
 public:
  struct Name {
    SanKind kind;
    std::string value;  ///< DNS names in lower case
  };
  using Sha256 = std::array<std::uint8_t, 32>;

  const std::vector<Name>& names() const { return names_; }
  const Sha256& fingerprint() const { return fingerprint_; }           ///< of the whole certificate
  /// Of the same certificate with its ECDSA signature (r, s) written (r, -s), which is as valid: whoever holds
  /// the one can make the other. The same as fingerprint() if there is no other.
  const Sha256& twin_fingerprint() const { return twin_fingerprint_; }
  const Sha256& key_fingerprint() const { return key_fingerprint_; }   ///< of the SubjectPublicKeyInfo
  const std::string& issuer_key_id() const { return issuer_key_id_; }  ///< hex; empty if the leaf names none
  const std::string& serial() const { return serial_; }                ///< hex
  CivilSeconds not_before() const { return not_before_; }
  CivilSeconds not_after() const { return not_after_; }

 private:
  friend class ::gw::pki::IdentityReader;
  CertificateIdentity() = default;

  std::vector<Name> names_;
  Sha256 fingerprint_{};
  Sha256 twin_fingerprint_{};
  Sha256 key_fingerprint_{};
  std::string issuer_key_id_;
  std::string serial_;
  CivilSeconds not_after_{0};
  CivilSeconds not_before_{0};
};

}  // namespace gw::model
