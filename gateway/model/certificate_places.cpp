#include "model/certificate_places.h"

#include "model/operations_centre.h"

namespace gw::model {
namespace {

void add_service(const Tenant& tenant, const Service& service, CertificatePlaces& out) {
  const CertificatePlace down{tenant.name, service.name, Facing::terminals};
  const CertificatePlace up{tenant.name, service.name, Facing::cloud};
  if (speaks_downstream(service.mode)) out.shown.push_back({down, &service.downstream.credential});
  if (!speaks_upstream(service.mode)) return;
  out.shown.push_back({up, &service.upstream.credential});
  out.trusted.push_back({up, &service.upstream.anchors});
  out.revoked.push_back({up, &service.upstream.revocation});
}

void add_tenant(const Tenant& tenant, CertificatePlaces& out) {
  const CertificatePlace whole{tenant.name, {}, Facing::terminals};
  out.trusted.push_back({whole, &tenant.terminal_anchors});
  out.revoked.push_back({whole, &tenant.terminal_revocation});
  for (const Service& service : tenant.services) add_service(tenant, service, out);
  if (tenant.enrolment)
    out.shown.push_back({{tenant.name, {}, Facing::enrolment}, &tenant.enrolment->shown.credential});
  for (const Identity& identity : tenant.identities)
    if (identity.est)
      out.trusted.push_back({{tenant.name, identity.name, Facing::enrolment}, nullptr, &*identity.est});
}

}  // namespace

const char* to_string(Facing facing) {
  constexpr const char* kWords[] = {"terminals", "cloud", "enrolment", "administrators"};
  return kWords[static_cast<std::size_t>(facing)];
}

CertificatePlaces certificate_places_of(const Configuration& configuration) {
  CertificatePlaces out;
  for (const Tenant& tenant : configuration.tenants) add_tenant(tenant, out);
  if (configuration.noc) {
    const CertificatePlace centre{{}, kNocOwner, Facing::cloud};
    out.shown.push_back({centre, &configuration.noc->credential});
    out.trusted.push_back({centre, &configuration.noc->anchors});
  }
  if (!configuration.management) return out;
  const CertificatePlace own{{}, {}, Facing::administrators};
  out.shown.push_back({own, &configuration.management->credential});
  if (!configuration.management->anchors.empty())
    out.trusted.push_back({own, &configuration.management->anchors});
  return out;
}

std::vector<TrustAnchors> anchors_of(const TrustPlace& place) {
  if (place.anchors != nullptr) return *place.anchors;
  return {TrustAnchors{place.server->anchors_file, place.server->anchors_pem, {}, {}}};
}

}  // namespace gw::model
