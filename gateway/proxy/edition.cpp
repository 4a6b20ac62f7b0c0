#include "proxy/edition.h"

namespace gw::proxy {
namespace {

Result<EVP_PKEY*> key_of(const Edition::Keys& keys, const model::Credential& credential) {
  const auto it = keys.find(credential.key);
  if (it == keys.end()) return Error{ErrorCode::key_unreadable, "the key was not handed over"};
  return it->second.get();
}

Result<Edition::Contexts> contexts_of(const model::Tenant& tenant, const model::Service& service,
                                      const Edition::Keys& keys, const Clock& clock) {
  Edition::Contexts contexts;
  GW_TRY(EVP_PKEY * down_key, key_of(keys, service.downstream.credential));
  GW_TRY(contexts.downstream, tls::Context::downstream(service, tenant.terminal_anchors, down_key, clock));
  GW_TRY(EVP_PKEY * up_key, key_of(keys, service.upstream.credential));
  GW_TRY(contexts.upstream, tls::Context::upstream(service, up_key, clock));
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
