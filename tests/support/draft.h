#pragma once

#include <functional>
#include <string>
#include <vector>

#include "support/key_ring.h"
#include "support/test_pki.h"

namespace gw::support {

/// Object identifiers of extensions and purposes, dotted.
namespace oid {
inline constexpr const char* kSubjectKeyId = "2.5.29.14";
inline constexpr const char* kKeyUsage = "2.5.29.15";
inline constexpr const char* kAlternativeNames = "2.5.29.17";
inline constexpr const char* kBasicConstraints = "2.5.29.19";
inline constexpr const char* kNameConstraints = "2.5.29.30";
inline constexpr const char* kPolicies = "2.5.29.32";
inline constexpr const char* kAuthorityKeyId = "2.5.29.35";
inline constexpr const char* kPolicyConstraints = "2.5.29.36";
inline constexpr const char* kExtendedKeyUsage = "2.5.29.37";
inline constexpr const char* kServerAuth = "1.3.6.1.5.5.7.3.1";
inline constexpr const char* kClientAuth = "1.3.6.1.5.5.7.3.2";
inline constexpr const char* kEmailProtection = "1.3.6.1.5.5.7.3.4";
inline constexpr const char* kOcspSigning = "1.3.6.1.5.5.7.3.9";
inline constexpr const char* kAnyPurpose = "2.5.29.37.0";
inline constexpr const char* kNobodyKnows = "1.3.6.1.4.1.32473.99";
}  // namespace oid

/// KeyUsage bits as their two content octets have them (RFC 5280 4.2.1.3).
namespace usage {
inline constexpr unsigned kDigitalSignature = 0x80, kKeyEncipherment = 0x20, kKeyAgreement = 0x08,
                          kCertSign = 0x04, kCrlSign = 0x02;
}  // namespace usage

/// A certificate before it is signed, each field as the DER that will stand there.
struct CertificateDraft {
  struct Extension {
    std::string oid;
    std::string critical;  ///< DER of the BOOLEAN; empty: left out
    std::string value;     ///< content of the OCTET STRING
  };

  std::string key;        ///< whose certificate, as key_named() knows it
  std::string signed_by;  ///< whose key signs
  std::string digest = "SHA256";
  std::string version = std::string("\xa0\x03\x02\x01\x02", 5);  ///< v3; empty: left out, which is v1
  std::string serial{};
  std::string inner_algorithm{};  ///< in the signed part; empty: the one that signs
  std::string issuer{}, subject{};
  std::string not_before = "260101000000Z", not_after = "270101000000Z";
  std::string public_key{};  ///< empty: the one of `key`
  std::string unique_ids{};  ///< the optional fields [1] and [2]
  std::vector<Extension> extensions{};
  std::function<std::string(const std::string& to_be_signed)> forge{};  ///< in place of a signature

  // extensions: set() replaces, add() may repeat
  void set(const std::string& oid, std::string value, bool critical = false);
  void add(const std::string& oid, std::string value, bool critical = false);
  void drop(const std::string& oid);
  Extension& extension(const std::string& oid);
  void set_basic_constraints(bool is_ca, int path_length = -1);
  void set_key_usage(unsigned bits);
  void set_purposes(const std::vector<std::string>& oids);
  void set_names(const std::vector<std::string>& general_names, bool critical = false);
  void set_authority(const std::string& issuer_key);

  /// Signed, DER.
  std::string encode() const;
  std::string pem() const;
};

/// GeneralName as a choice, DER (RFC 5280 4.2.1.6).
std::string dns_name(std::string_view text);
std::string uri_name(std::string_view text);
std::string email_name(std::string_view text);
std::string ip_name(std::string_view octets);
std::string directory_name(const std::string& name_der);
/// NameConstraints: GeneralNames that are permitted, and excluded.
std::string name_constraints(const std::vector<std::string>& permitted,
                             const std::vector<std::string>& excluded);

/// An authority's draft: v3, CA, signs certificates and lists.
CertificateDraft authority_draft(const std::string& name, const std::string& key, const std::string& issuer,
                                 const std::string& issuer_key);
/// An end entity's draft, without names and purposes.
CertificateDraft leaf_draft(const std::string& name, const std::string& key, const std::string& issuer,
                            const std::string& issuer_key);

}  // namespace gw::support
