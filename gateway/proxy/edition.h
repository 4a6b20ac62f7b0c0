#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "model/key_use.h"
#include "model/snapshot.h"
#include "pki/certificate.h"
#include "tls/context.h"

namespace gw::proxy {

/// One generation made ready to serve: the snapshot and a TLS context for each leg of each service. Nothing
/// of it is shared with another edition, so an old one goes when its last session has left. One thread.
class Edition {
 public:
  /// Null where the box does not speak TLS.
  struct Contexts {
    tls::ContextPtr downstream;
    tls::ContextPtr upstream;
  };
  /// The box's own key for a leg.
  using Keys = std::function<Result<tls::OwnKey>(model::KeyId, model::TlsRole)>;

  /// Where OCSP answers for a service come from that has a responder.
  using Answers = std::function<tls::StatusSourcePtr(const model::Snapshot&, const model::Service&)>;

  /// tls.setup_failed, certificate.unreadable, revocation.unreadable, key.does_not_match_certificate, or what
  /// `keys` says, naming the service or the terminals' trust.
  static Result<std::shared_ptr<const Edition>> make(model::SnapshotPtr snapshot, const Keys& keys,
                                                     const Answers& answers, const Clock& clock);

  const model::Snapshot& snapshot() const { return *snapshot_; }
  /// Of a service whose certificates are there.
  const Contexts& contexts(model::ServiceId service) const { return contexts_[service.number()]; }
  /// False: a certificate of the box that the service shows is not there yet, so it serves nobody.
  bool serves(model::ServiceId service) const {
    const model::Service& asked = snapshot_->service(service);
    const bool down = !model::speaks_downstream(asked.mode) || asked.downstream.credential.is_there();
    const bool up = !model::speaks_upstream(asked.mode) || asked.upstream.credential.is_there();
    return down && up;
  }

 private:
  explicit Edition(model::SnapshotPtr snapshot) : snapshot_(std::move(snapshot)) {}

  model::SnapshotPtr snapshot_;
  std::vector<Contexts> contexts_;
};

using EditionPtr = std::shared_ptr<const Edition>;

}  // namespace gw::proxy
