#pragma once

#include <string>

#include "pki/certificate.h"
#include "proxy/edition.h"

namespace gw::probe {

/// libcrypto as every machine has it, beside the box's own cut-down one: terminals and strange servers work
/// in it, so that the trials are not held back by what the box lacks. Lives as long as the process; null if
/// there is no memory.
OSSL_LIB_CTX* plain_library();

/// A certificate with its key, ECDSA P-256, in the plain library.
struct TrialCredential {
  pki::X509Ptr certificate{};
  pki::KeyPtr key{};
};

/// A tenant for a trial: an authority, and what it issued to the tenant's listener and to its one terminal.
/// Good for an hour, and trusted by nobody but the other end of the trial.
struct TrialTenant {
  std::string name{};
  TrialCredential authority{};
  TrialCredential listener{};
  TrialCredential terminal{};

  /// tls.setup_failed.
  static Result<TrialTenant> make(const std::string& name);
};

/// What proxyd would serve for this tenant: one listener for each profile, whose number is its service's.
Result<proxy::EditionPtr> edition_of(const TrialTenant& tenant);
inline constexpr model::ProfileName kServed[] = {model::ProfileName::high_13, model::ProfileName::high_12};

}  // namespace gw::probe
