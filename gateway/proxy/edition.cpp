#include "proxy/edition.h"

namespace gw::proxy {
namespace {

Result<tls::ContextPtr> toward_terminals(const pki::Trust& in_terminals, const model::Service& service,
                                         const Edition::Keys& keys, const Clock& clock) {
  if (!model::speaks_downstream(service.mode)) return tls::ContextPtr();
  GW_TRY(tls::OwnKey key, keys(service.downstream.credential.key, model::TlsRole::terminal_side));
  return tls::Context::downstream(service, in_terminals, std::move(key), clock);
}

Result<tls::ContextPtr> toward_cloud(const model::Service& service, const Edition::Keys& keys,
                                     tls::StatusSourcePtr responder, const Clock& clock) {
  if (!model::speaks_upstream(service.mode)) return tls::ContextPtr();
  GW_TRY(tls::OwnKey key, keys(service.upstream.credential.key, model::TlsRole::cloud_side));
  GW_TRY(const pki::Trust in_cloud, pki::read_trust(service.upstream.anchors, service.upstream.revocation));
  std::optional<pki::RevocationPolicy> stapling;
  if (service.upstream.revocation.stapling) stapling = in_cloud.policy;
  return tls::Context::upstream(service, in_cloud, std::move(key), clock, stapling, std::move(responder));
}

Result<Edition::Contexts> contexts_of(const pki::Trust& in_terminals, const model::Service& service,
                                      const Edition::Keys& keys, tls::StatusSourcePtr responder,
                                      const Clock& clock) {
  Edition::Contexts contexts;
  GW_TRY(contexts.downstream, toward_terminals(in_terminals, service, keys, clock));
  GW_TRY(contexts.upstream, toward_cloud(service, keys, std::move(responder), clock));
  return contexts;
}

}  // namespace

Result<EditionPtr> Edition::make(model::SnapshotPtr snapshot, const Keys& keys, const Answers& answers,
                                 const Clock& clock) {
  std::shared_ptr<Edition> edition(new Edition(std::move(snapshot)));
  const model::Tenant& tenant = edition->snapshot().tenant();
  auto in_terminals = pki::read_trust(tenant.terminal_anchors, tenant.terminal_revocation);
  if (!in_terminals)
    return Error{in_terminals.error().code,
                 "the terminals' anchors and lists: " + in_terminals.error().detail};
  for (const model::Service& service : tenant.services) {
    if (!edition->serves(service.id)) {
      edition->contexts_.emplace_back();
      continue;
    }
    tls::StatusSourcePtr responder;
    if (service.upstream.revocation.responder.is_there()) responder = answers(edition->snapshot(), service);
    auto contexts = contexts_of(*in_terminals, service, keys, std::move(responder), clock);
    if (!contexts)
      return Error{contexts.error().code, "service " + service.name + ": " + contexts.error().detail};
    edition->contexts_.push_back(*std::move(contexts));
  }
  return EditionPtr(std::move(edition));
}

}  // namespace gw::proxy
