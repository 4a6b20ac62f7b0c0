#include "model/authorise.h"

#include <algorithm>

namespace gw::model {
namespace {

bool ended(CivilSeconds until, CivilTime now) {
  return until.count() != 0 && now >= CivilTime(std::chrono::duration_cast<std::chrono::microseconds>(until));
}

bool serves(const Service& service, std::string_view name) {
  const auto& names = service.downstream.server_names;
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// NET-02: a weaker profile works until its date and not a second longer.
bool exception_ended(const Service& service, CivilTime now) {
  return ended(service.downstream.profile.until, now) || ended(service.upstream.profile.until, now);
}

/// The earliest of the ends that are there.
CivilSeconds end_of(const Rule& rule, const Service& service) {
  CivilSeconds earliest = CivilSeconds::max();
  for (const CivilSeconds end :
       {rule.until, service.downstream.profile.until, service.upstream.profile.until})
    if (end.count() != 0) earliest = std::min(earliest, end);
  return earliest;
}

}  // namespace

std::variant<ServiceId, CloseReason> pick_service(const Snapshot& snapshot, ListenerId listener,
                                                  std::string_view server_name) {
  const auto& services = snapshot.listener(listener).services;
  for (const ServiceId id : services)
    if (!server_name.empty() && serves(snapshot.service(id), server_name)) return id;
  const bool nameless =
      server_name.empty() || snapshot.service(services.front()).downstream.server_names.empty();
  if (services.size() == 1 && nameless) return services.front();
  return CloseReason::policy_unknown_name;
}

std::variant<Permission, CloseReason> authorise(const Snapshot& snapshot, ListenerId listener,
                                                const CertificateIdentity& identity,
                                                std::string_view server_name, CivilTime now) {
  const auto picked = pick_service(snapshot, listener, server_name);
  if (const auto* reason = std::get_if<CloseReason>(&picked)) return *reason;
  const Service& service = snapshot.service(std::get<ServiceId>(picked));
  const Terminal* terminal = snapshot.find_terminal(identity);
  if (terminal == nullptr) return CloseReason::policy_unknown_terminal;
  if (terminal->blocked) return CloseReason::policy_terminal_blocked;
  const Rule* rule = snapshot.find_rule(terminal->id, service.id);
  if (rule == nullptr) return CloseReason::policy_no_rule;
  if (ended(rule->until, now)) return CloseReason::policy_rule_ended;
  if (exception_ended(service, now)) return CloseReason::policy_exception_ended;
  return Permission{terminal->id, service.id, rule->id, end_of(*rule, service)};
}

}  // namespace gw::model
