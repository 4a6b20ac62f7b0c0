#pragma once

#include <memory>
#include <variant>

#include "model/identity.h"
#include "pki/handles.h"
#include "pki/verify_error.h"

namespace gw::pki {

using IdentityPtr = std::shared_ptr<const model::CertificateIdentity>;

/// The only maker of a CertificateIdentity. Callers have verified the certificate before.
class IdentityReader {
 public:
  /// `malformed` if the extension cannot be read, `no_identity` if it names nobody.
  /// \param issuer_key that the leaf's signature was verified with; null if it is an anchor itself.
  static std::variant<IdentityPtr, Fault> read(const X509* verified_leaf,
                                               const EVP_PKEY* issuer_key = nullptr);

 private:
  static bool add_name(model::CertificateIdentity& identity, const GENERAL_NAME& name);
};

}  // namespace gw::pki
