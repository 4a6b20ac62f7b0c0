#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pki/handles.h"
#include "support/test_pki.h"

namespace gw::pki {

/// A certificate of the kinds that a proper CA does not make: names as raw octets, signed by itself or by
/// whatever key is at hand.
struct OddCertificate {
  struct Name {
    int type;  ///< GEN_DNS and so on
    std::string octets;
  };
  std::vector<Name> names{};
  std::string raw_names{};  ///< in place of a proper extension value, if not empty
  std::string usage = "clientAuth";
  std::optional<support::Issued> issuer{};  ///< whose key signs; none: its own

  support::Issued make() const;
  /// As the product reads it.
  X509Ptr read() const;
};

/// The certificates of a PEM text, which must be there.
std::vector<X509Ptr> certificates_of(const std::string& pem);

}  // namespace gw::pki
