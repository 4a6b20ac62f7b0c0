#pragma once

#include <string>

#include "pki/revocation.h"
#include "support/draft.h"
#include "unit/pki/odd_certificate.h"

namespace gw::pki {

/// A verdict in one line: "good", "revoked 1", or the words for the doubt.
inline std::string to_string(const RevocationVerdict& verdict) {
  if (const auto* revoked = std::get_if<Revoked>(&verdict))
    return "revoked " + std::to_string(revoked->reason);
  if (const auto* unknown = std::get_if<Unknown>(&verdict)) return words_for(unknown->why);
  return "good";
}

/// A draft as the product reads it.
inline X509Ptr read(const support::CertificateDraft& draft) {
  return std::move(certificates_of(draft.pem()).front());
}

}  // namespace gw::pki
