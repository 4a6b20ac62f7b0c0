#include "proxy/edition.h"

namespace gw::proxy {
namespace {

Result<Edition::Contexts> contexts_of(const model::Tenant& tenant, const model::Service& service,
                                      const Edition::Keys& keys, const Clock& clock) {
  Edition::Contexts contexts;
  GW_TRY(tls::OwnKey down_key, keys(service.downstream.credential.key, model::TlsRole::terminal_side));
  GW_TRY(contexts.downstream,
         tls::Context::downstream(service, tenant.terminal_anchors, std::move(down_key), clock));
  GW_TRY(tls::OwnKey up_key, keys(service.upstream.credential.key, model::TlsRole::cloud_side));
  GW_TRY(contexts.upstream, tls::Context::upstream(service, std::move(up_key), clock));
  return contexts;
}

}  // namespace

Result<EditionPtr> Edition::make(model::SnapshotPtr snapshot, const Keys& keys, const Clock& clock) {
  std::shared_ptr<Edition> edition(new Edition(std::move(snapshot)));
  const model::Tenant& tenant = edition->snapshot().tenant();
  for (const model::Service& service : tenant.services) {
    auto contexts = contexts_of(tenant, service, keys, clock);
    if (!contexts)
      return Error{contexts.error().code, "service " + service.name + ": " + contexts.error().detail};
    edition->contexts_.push_back(*std::move(contexts));
  }
  return EditionPtr(std::move(edition));
}

const model::Listener* Edition::find_listener(const model::Endpoint& endpoint) const {
  for (const model::Listener& listener : snapshot_->tenant().listeners)
    if (listener.endpoint == endpoint) return &listener;
  return nullptr;
}

}  // namespace gw::proxy
