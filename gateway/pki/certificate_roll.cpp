#include "pki/certificate_roll.h"

#include <algorithm>

#include "model/managed_identity.h"
#include "pki/description.h"
#include "pki/revocation_list.h"

namespace gw::pki {
namespace {

using model::CertificateRoll;
using Own = CertificateRoll::Own;

std::string cut(std::string text, std::size_t most) {
  text.resize(std::min(text.size(), most));
  return text;
}

CertificateRoll::Certificate entry_of(const X509* certificate) {
  const Description d = describe(certificate);
  return {.subject = cut(d.subject, model::kMostNameText),
          .issuer = cut(d.issuer, model::kMostNameText),
          .serial = cut(d.serial, 128),
          .key = cut(d.key, 64),
          .fingerprint = d.fingerprint,
          .begins = d.life.begins,
          .ends = d.life.ends};
}

CertificateRoll::Use use_of(const model::CertificatePlace& place) { return {place.facing, place.service}; }

const model::Identity* identity_of(const model::Configuration& configuration,
                                   const model::ShownPlace& place) {
  for (const model::Tenant& tenant : configuration.tenants)
    for (const model::Identity& identity : tenant.identities)
      if (tenant.name == place.tenant && identity.name == place.credential->identity) return &identity;
  return nullptr;
}

Own own_of(const model::ShownPlace& place, const model::Identity* identity) {
  const model::Credential& credential = *place.credential;
  Own own{.tenant = place.tenant,
          .name = credential.certificate_file,
          .renewal = CertificateRoll::Renewal::file,
          .key_file = credential.key_file};
  if (const auto chain = read_certificates(credential.chain_pem))
    own.certificate = entry_of(chain->front().get());
  if (identity == nullptr) return own;
  own.name = identity->name;
  own.renewal = identity->est ? CertificateRoll::Renewal::est : CertificateRoll::Renewal::request;
  own.key_file = model::current_file_of(place.tenant, identity->name);
  if (identity->est) own.server_name = identity->est->server_name;
  return own;
}

/// Once, however often it is shown.
void add_own(CertificateRoll& roll, const model::ShownPlace& place, const model::Identity* identity) {
  Own own = own_of(place, identity);
  const auto same = std::ranges::find_if(roll.own, [&](const Own& other) {
    return other.tenant == own.tenant && other.name == own.name && other.renewal == own.renewal;
  });
  if (same != roll.own.end()) return same->uses.push_back(use_of(place));
  own.uses.push_back(use_of(place));
  roll.own.push_back(std::move(own));
}

void add_trust(CertificateRoll& roll, const model::TrustPlace& place) {
  CertificateRoll::TrustSet set{place.tenant, use_of(place), {}};
  for (const model::TrustAnchors& file : anchors_of(place)) {
    const auto certificates = read_certificates(file.pem);
    if (!certificates) continue;
    for (const X509Ptr& one : *certificates)
      if (set.anchors.size() < model::kMostAnchors)
        set.anchors.push_back({file.file, file.from, file.until, entry_of(one.get())});
  }
  roll.trust.push_back(std::move(set));
}

void add_lists(CertificateRoll& roll, const model::RevocationPlace& place) {
  for (const model::RevocationFile& file : place.revocation->lists) {
    const auto list = RevocationList::read(file.octets);
    if (list)
      roll.lists.push_back({place.tenant, use_of(place), file.file,
                            cut(list->issuer_text(), model::kMostNameText), list->this_update(),
                            list->next_update()});
  }
}

}  // namespace

CertificateRoll certificate_roll_of(const model::Configuration& configuration) {
  const model::CertificatePlaces places = certificate_places_of(configuration);
  CertificateRoll roll;
  for (const model::ShownPlace& place : places.shown) add_own(roll, place, identity_of(configuration, place));
  for (const model::TrustPlace& place : places.trusted) add_trust(roll, place);
  for (const model::RevocationPlace& place : places.revoked) add_lists(roll, place);
  return roll;
}

}  // namespace gw::pki
