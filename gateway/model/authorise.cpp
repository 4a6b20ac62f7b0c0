#include "model/authorise.h"

#include <algorithm>
#include <array>

namespace gw::model {
namespace {

bool ended(CivilSeconds until, CivilTime now) {
  return until.count() != 0 && now >= CivilTime(std::chrono::duration_cast<std::chrono::microseconds>(until));
}

bool serves(const Service& service, std::string_view name) {
  const auto& names = service.downstream.server_names;
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Of what is dated in it: a weaker profile or another exception works until its day and not a second longer
/// (NET-02, D10).
std::array<CivilSeconds, 3> ends_of(const Service& service) {
  return {service.downstream.profile.until, service.upstream.profile.until,
          service.exception ? service.exception->until : CivilSeconds(0)};
}

bool exception_ended(const Service& service, CivilTime now) {
  return std::ranges::any_of(ends_of(service), [&](CivilSeconds end) { return ended(end, now); });
}

/// The earliest of the ends that are there.
CivilSeconds end_of(const Rule& rule, const Service& service) {
  CivilSeconds earliest = rule.until.count() != 0 ? rule.until : CivilSeconds::max();
  for (const CivilSeconds end : ends_of(service))
    if (end.count() != 0) earliest = std::min(earliest, end);
  return earliest;
}

/// A passed-through service is told by its name alone.
bool needs_no_name(const Service& service, std::string_view name) {
  if (!speaks_downstream(service.mode)) return false;
  return name.empty() || service.downstream.server_names.empty();
}

std::variant<Permission, CloseReason> permission_of(const Snapshot& snapshot, const Terminal* terminal,
                                                    const Service& service, CivilTime now) {
  if (terminal == nullptr) return CloseReason::policy_unknown_terminal;
  if (terminal->blocked) return CloseReason::policy_terminal_blocked;
  const Rule* rule = snapshot.find_rule(terminal->id, service.id);
  if (rule == nullptr) return CloseReason::policy_no_rule;
  if (ended(rule->until, now)) return CloseReason::policy_rule_ended;
  if (exception_ended(service, now)) return CloseReason::policy_exception_ended;
  return Permission{terminal->id, service.id, rule->id, end_of(*rule, service)};
}

}  // namespace

std::variant<ServiceId, CloseReason> pick_service(const Snapshot& snapshot, ListenerId listener,
                                                  std::string_view server_name) {
  const auto& services = snapshot.listener(listener).services;
  for (const ServiceId id : services)
    if (!server_name.empty() && serves(snapshot.service(id), server_name)) return id;
  if (services.size() == 1 && needs_no_name(snapshot.service(services.front()), server_name))
    return services.front();
  return CloseReason::policy_unknown_name;
}

std::variant<Permission, CloseReason> authorise(const Snapshot& snapshot, ListenerId listener,
                                                const CertificateIdentity& identity,
                                                std::string_view server_name, CivilTime now) {
  const auto picked = pick_service(snapshot, listener, server_name);
  if (const auto* reason = std::get_if<CloseReason>(&picked)) return *reason;
  const Service& service = snapshot.service(std::get<ServiceId>(picked));
  if (!speaks_downstream(service.mode)) return CloseReason::policy_unknown_terminal;
  return permission_of(snapshot, snapshot.find_terminal(identity), service, now);
}

std::variant<Permission, CloseReason> authorise(const Snapshot& snapshot, ListenerId listener,
                                                const IpAddress& source, std::string_view server_name,
                                                CivilTime now) {
  const auto picked = pick_service(snapshot, listener, server_name);
  if (const auto* reason = std::get_if<CloseReason>(&picked)) return *reason;
  const Service& service = snapshot.service(std::get<ServiceId>(picked));
  if (speaks_downstream(service.mode) || !service.exception) return CloseReason::certificate_missing;
  return permission_of(snapshot, snapshot.find_terminal(source), service, now);
}

}  // namespace gw::model
