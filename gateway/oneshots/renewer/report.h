#pragma once

#include "base/event.h"
#include "ipc/messages/renewal.h"
#include "model/keeping.h"
#include "model/renewal.h"
#include "pki/life.h"

namespace gw::renewer {

// What the records say of an identity.

Event renewed(const model::ManagedIdentity& identity, const X509* certificate, model::Keeping keeping);
Event not_renewed(const model::ManagedIdentity& identity, const Error& why);
/// For the supervisor, which tells whoever asks.
ipc::renewal::Attempt attempt_of(const model::ManagedIdentity& identity, const Result<>& outcome);
/// Of the certificate in use.
Event due(const model::ManagedIdentity& identity, const pki::Alarm& alarm);

}  // namespace gw::renewer
