#pragma once

#include <string>
#include <vector>

#include "accounts/account_id.h"
#include "accounts/permissions.h"
#include "accounts/role.h"
#include "accounts/visitor.h"
#include "base/event.h"
#include "base/result.h"

namespace gw::accounts {

/// Who asks, once his session was found good: a value for one request, asked for anew with each.
struct Actor {
  AccountId account{};
  std::string name{};
  Role role{};
  Visitor visitor{};
  std::string session{};
};

/// Records an act leaves behind (LOG-01), in their order: for the chain, before whoever asked is answered,
/// whether the act went well or not.
using Told = std::vector<Event>;

/// With who, role, from where and by which session.
Event told_of(EventId id, const Actor& actor);
/// Of somebody who is nobody yet.
Event told_of(EventId id, const Visitor& visitor);
/// account.forbidden, and a record of it, if the role does not allow it (ADM-06).
Result<> authorise(const Actor& actor, Operation operation, Told& told);
/// account.changed, done.
Event told_change(const Actor& actor, std::string_view object, std::string_view what, std::string_view before,
                  std::string_view after);

}  // namespace gw::accounts
