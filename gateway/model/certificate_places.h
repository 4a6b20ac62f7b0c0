#pragma once

#include <string>
#include <vector>

#include "model/configuration.h"

namespace gw::model {

/// With whom a certificate has to do.
enum class Facing : std::uint8_t {
  terminals,       ///< of a tenant: those it lets in, or one service shows itself to
  cloud,           ///< the cloud of a service, or the operations centre
  enrolment,       ///< where the box asks for its own certificates, or terminals for theirs
  administrators,  ///< the pages and the API
};
/// "terminals", "cloud", "enrolment", "administrators".
const char* to_string(Facing facing);

/// Where the configuration has something: all of it lives as long as the configuration does.
struct CertificatePlace {
  std::string tenant{};   ///< empty: the box's own
  std::string service{};  ///< or, of enrolment's anchors, the identity; empty: all of the tenant's
  Facing facing{};
};
/// A certificate that the box shows, with its key.
struct ShownPlace : CertificatePlace {
  const Credential* credential = nullptr;
};
/// Authorities that are believed there, and for nothing else.
struct TrustPlace : CertificatePlace {
  const std::vector<TrustAnchors>* anchors = nullptr;  ///< null: of one file without a span, which is
  const EnrolmentServer* server = nullptr;             ///< this server's
};
/// What was asked about revocation there.
struct RevocationPlace : CertificatePlace {
  const Revocation* revocation = nullptr;
};

/// All places of a configuration, in its order; the box's own come last.
struct CertificatePlaces {
  std::vector<ShownPlace> shown{};
  std::vector<TrustPlace> trusted{};
  std::vector<RevocationPlace> revoked{};
};
CertificatePlaces certificate_places_of(const Configuration& configuration);
/// The files of authorities of one place.
std::vector<TrustAnchors> anchors_of(const TrustPlace& place);

}  // namespace gw::model
