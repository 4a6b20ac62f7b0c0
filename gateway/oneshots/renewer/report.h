#pragma once

#include "base/event.h"
#include "est/timetable.h"
#include "model/keeping.h"
#include "model/renewal.h"

namespace gw::renewer {

// What the records say of an identity.

Event renewed(const model::ManagedIdentity& identity, const X509* certificate, model::Keeping keeping);
Event not_renewed(const model::ManagedIdentity& identity, const Error& why);
/// Of the certificate in use.
Event due(const model::ManagedIdentity& identity, const est::Alarm& alarm);

}  // namespace gw::renewer
