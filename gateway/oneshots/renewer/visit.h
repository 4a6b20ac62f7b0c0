#pragma once

#include <string>

#include "est/answer.h"
#include "ipc/guest_dialler.h"
#include "keys/private_key.h"
#include "model/renewal.h"
#include "sys/reactor.h"
#include "tls/context.h"

namespace gw::renewer {

/// With whose certificate a server is visited.
struct Credential {
  std::string chain{};  ///< PEM
  keys::PrivateKey* key = nullptr;
};

/// Visits the enrolment server of an identity: connects, checks that it is the one whom the identity's own
/// anchors stand for and no other (RFC 7030 3.3.1, SRV-01), asks, and reads the answer. One thread.
class Visitor {
 public:
  Visitor(sys::Reactor& reactor, ipc::GuestDialler& dialler) : reactor_(reactor), dialler_(dialler) {}

  /// One request on a connection of its own. As whoever `shown` is, or as nobody. An answer that says no is
  /// est.refused, one that says later est.try_later: then put_off() tells for how long. Otherwise
  /// Session's errors, est.malformed, or what is wrong with the anchors or the credential.
  Result<est::Certificates> ask(const model::ManagedIdentity& identity, const std::string& request,
                                const Credential* shown);
  std::optional<std::chrono::seconds> put_off() const { return put_off_; }

 private:
  Result<tls::ContextPtr> context_for(const model::ManagedIdentity& identity, const Credential* shown);

  sys::Reactor& reactor_;
  ipc::GuestDialler& dialler_;
  std::optional<std::chrono::seconds> put_off_{};
};

}  // namespace gw::renewer
