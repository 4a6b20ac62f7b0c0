#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "pki/handles.h"

namespace gw::support {

enum class KeyKind { p224, p256, p384, rsa1024, rsa2048, rsa3072 };

/// What a certificate is made from; the defaults are a good terminal's.
struct CertificateOptions {
  std::string name = "leaf";
  std::string alternative_names{};   ///< as openssl.cnf writes them: "URI:urn:x,DNS:a.example"
  std::string usage = "clientAuth";  ///< extended key usage; empty: none
  KeyKind key = KeyKind::p256;
  std::string digest = "SHA256";
  std::chrono::seconds begins{-3600};                   ///< from now
  std::chrono::seconds ends{30 * 86'400};               ///< from now
  std::string name_constraints{};                       ///< of a CA: "excluded;DNS:bad.example"
  int path_length = -1;                                 ///< of a CA: -1 unlimited
  std::string key_usage = "critical,digitalSignature";  ///< of a leaf; empty: none
};

/// A certificate with its key as PEM.
struct Issued {
  std::string chain_pem{};  ///< leaf first, then the intermediates
  std::string key_pem{};
};

/// A throw-away certification authority. Works in an OpenSSL library context of its own, so that tests can
/// make what the product's own provider would refuse.
class TestCa {
 public:
  static TestCa root(CertificateOptions options = {.name = "root"});
  TestCa intermediate(CertificateOptions options) const;
  Issued issue(const CertificateOptions& options) const;
  /// The same name and key with another certificate.
  TestCa renewed(CertificateOptions options) const;
  /// A revocation list with these certificates on it, DER; fresh from an hour ago.
  std::vector<std::uint8_t> revocation_list(const std::vector<Issued>& revoked,
                                            std::chrono::seconds ends = std::chrono::hours(24 * 7)) const;
  /// An OCSP answer about a certificate it issued, DER, signed by the CA itself; made an hour ago.
  std::vector<std::uint8_t> status_answer(const Issued& about, bool revoked = false,
                                          std::chrono::seconds ends = std::chrono::hours(24),
                                          std::chrono::seconds begins = std::chrono::hours(-1)) const;
  /// The CA's own certificate.
  const std::string& pem() const { return pem_; }

 private:
  pki::X509Ptr certificate_{};
  std::shared_ptr<EVP_PKEY> key_{};
  std::string pem_;
  std::string chain_pem_;  // what leaves below it have to send
};

}  // namespace gw::support
