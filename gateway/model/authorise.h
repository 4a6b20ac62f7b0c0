#pragma once

#include <optional>
#include <string_view>
#include <variant>

#include "base/clock.h"
#include "model/close_reason.h"
#include "model/snapshot.h"

namespace gw::model {

/// The one service a terminal asks for by where it knocked and the name it gave (W1). A listener of one
/// service needs no name, since imaging devices send none, unless the service is passed through; a name that
/// is given must fit.
std::variant<ServiceId, CloseReason> pick_service(const Snapshot& snapshot, ListenerId listener,
                                                  std::string_view server_name);

/// What a terminal was allowed: exactly one service, by exactly one rule.
struct Permission {
  TerminalId terminal;
  ServiceId service;
  RuleId rule;
  /// The second at which it ends by itself, with its rule or with an exception its service stands on; max():
  /// neither is dated.
  CivilSeconds until;
};

/// The whitelist (WLS-01, WLS-03). Pure. A refusal is an ordinary value with its reason.
/// `server_name` is what the terminal asked for in lower case, empty if nothing.
std::variant<Permission, CloseReason> authorise(const Snapshot& snapshot, ListenerId listener,
                                                const CertificateIdentity& identity,
                                                std::string_view server_name, CivilTime now);
/// The same for a service that is passed through, and for no other: its terminals show no certificate, so
/// they are known by where they come from, as the service's dated exception allows.
std::variant<Permission, CloseReason> authorise(const Snapshot& snapshot, ListenerId listener,
                                                const IpAddress& source, std::string_view server_name,
                                                CivilTime now);

}  // namespace gw::model
