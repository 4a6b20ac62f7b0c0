#include "enrol/edition.h"

#include <algorithm>

#include "pki/certificate.h"
#include "pki/trust.h"

namespace gw::enrol {
namespace {

using Certificates = std::vector<std::vector<std::uint8_t>>;

Result<> add_certificates(Certificates& out, std::string_view pem, std::size_t skipped) {
  GW_TRY(const auto chain, pki::read_certificates(pem));
  for (std::size_t i = skipped; i < chain.size(); ++i) {
    std::vector<std::uint8_t> der = pki::der_of(chain[i].get());
    if (std::find(out.begin(), out.end(), der) == out.end()) out.push_back(std::move(der));
  }
  return Done{};
}

Result<Certificates> authorities_of(const model::Tenant& tenant) {
  constexpr std::size_t kOwn = 1;
  Certificates out;
  for (const model::TrustAnchors& anchors : tenant.terminal_anchors)
    GW_TRY(add_certificates(out, anchors.pem, 0));
  const std::string& shown = tenant.enrolment->shown.credential.chain_pem;
  if (!shown.empty()) GW_TRY(add_certificates(out, shown, kOwn));
  return out;
}

}  // namespace

Result<std::shared_ptr<const Edition>> edition_of(model::SnapshotPtr snapshot, const KeyOf& key_of,
                                                  const Clock& clock) {
  const model::Tenant& tenant = snapshot->tenant();
  if (!tenant.enrolment) return Error{ErrorCode::message_malformed, "a tenant without enrolment"};
  const model::Downstream& shown = tenant.enrolment->shown;
  auto edition = std::make_shared<Edition>();
  GW_TRY(edition->authorities, authorities_of(tenant));
  if (shown.credential.is_there()) {
    GW_TRY(auto trust, pki::read_trust(tenant.terminal_anchors, tenant.terminal_revocation));
    GW_TRY(edition->context,
           tls::Context::for_enrolment(shown, std::move(trust), key_of(shown.credential.key), clock));
  }
  edition->snapshot = std::move(snapshot);
  return std::shared_ptr<const Edition>(std::move(edition));
}

}  // namespace gw::enrol
