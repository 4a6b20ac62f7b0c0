#include "public_keys.h"

#include "pki/certificate.h"

namespace gw::oneshots {
namespace {

void fill_in(model::Credential& credential) {
  if (!credential.is_there()) return;
  if (const auto chain = pki::read_certificates(credential.chain_pem))
    credential.public_key = pki::key_fingerprint_of(chain->front().get());
}

}  // namespace

void prepare_public_keys() { pki::sha256_of({}); }

void fill_in_public_keys(model::Configuration& configuration) {
  if (configuration.management) fill_in(configuration.management->credential);
  if (configuration.noc) fill_in(configuration.noc->credential);
  for (model::Tenant& tenant : configuration.tenants)
    for (model::Service& service : tenant.services) {
      fill_in(service.downstream.credential);
      fill_in(service.upstream.credential);
    }
}

}  // namespace gw::oneshots
