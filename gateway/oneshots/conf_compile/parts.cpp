#include "parts.h"

#include <chrono>
#include <thread>

#include "est/timetable.h"
#include "model/backup_plan.h"
#include "model/managed_identity.h"
#include "model/management.h"
#include "model/name_table.h"
#include "model/network_roll.h"
#include "model/operations_centre.h"
#include "model/rule_roll.h"
#include "model/snapshot.h"
#include "net/plan.h"
#include "pki/certificate_roll.h"
#include "probe/aims.h"
#include "sys/sealed.h"

namespace gw::oneshots {
namespace {

namespace msg = ipc::compile;

constexpr std::chrono::seconds kPatience{10};

/// The channel never blocks and the walls leave no call to wait with; the supervisor is reading, so giving
/// way to it is enough.
Result<> send(const ipc::Channel& control, msg::Msg type, Bytes body, int sealed) {
  const Instant deadline = system_clock().now() + kPatience;
  for (;;) {
    const Result<> sent = control.send(ipc::type_number(type), 0, body, {sealed});
    if (sent || sent.error().code != ErrorCode::channel_would_block) return sent;
    if (system_clock().now() >= deadline) return sent;
    std::this_thread::yield();
  }
}

/// With when the box will ask for the next ones, since only the renewer's timetable knows.
model::CertificateRoll roll_of(const model::Configuration& configuration) {
  model::CertificateRoll roll = pki::certificate_roll_of(configuration);
  for (model::CertificateRoll::Own& own : roll.own)
    if (own.renewal == model::CertificateRoll::Renewal::est && own.certificate)
      own.renew_at = est::due_at({own.certificate->begins, own.certificate->ends},
                                 est::spread_of(own.certificate->fingerprint));
  return roll;
}

Result<> send_parts(const ipc::Channel& control, const model::Configuration& configuration,
                    const config::Sources& sources) {
  GW_TRY(send_part(control, {msg::PartKind::sources}, encode(sources)));
  GW_TRY(send_part(control, {msg::PartKind::wiring}, encode(model::wiring_of(configuration))));
  GW_TRY(send_part(control, {msg::PartKind::net_plan}, encode(net::plan(configuration))));
  GW_TRY(send_part(control, {msg::PartKind::rules}, encode(model::rule_roll_of(configuration))));
  GW_TRY(send_part(control, {msg::PartKind::certificates}, encode(roll_of(configuration))));
  GW_TRY(send_part(control, {msg::PartKind::network}, encode(model::network_roll_of(configuration))));
  GW_TRY(send_part(control, {msg::PartKind::aims}, encode(probe::aims_of(configuration))));
  if (const model::NameTable names = model::name_table_of(configuration); !names.views.empty())
    GW_TRY(send_part(control, {msg::PartKind::name_table}, encode(names)));
  if (configuration.management)
    GW_TRY(send_part(control, {msg::PartKind::web_table}, encode(model::web_table_of(configuration))));
  if (configuration.backup)
    GW_TRY(send_part(control, {msg::PartKind::backup_plan},
                     encode(model::BackupPlan{configuration.site, *configuration.backup})));
  if (configuration.noc) {
    GW_TRY(send_part(control, {msg::PartKind::noc}, encode(model::noc_order_of(configuration))));
    GW_TRY(send_part(control, {msg::PartKind::dial_table, model::kNocTenant},
                     encode(model::noc_dial_table_of(configuration))));
  }
  for (const model::Tenant& tenant : configuration.tenants) {
    GW_TRY(send_part(control, {msg::PartKind::snapshot, tenant.id},
                     model::Snapshot::encode(configuration.generation, model::sessions_of(tenant))));
    if (tenant.enrolment)
      GW_TRY(send_part(control, {msg::PartKind::enrolment, tenant.id},
                       model::Snapshot::encode(configuration.generation, model::enrolment_of(tenant))));
    GW_TRY(send_part(control, {msg::PartKind::dial_table, tenant.id},
                     encode(model::dial_table_of(configuration, tenant.id))));
    if (!tenant.identities.empty())
      GW_TRY(send_part(control, {msg::PartKind::renewals, tenant.id},
                       encode(model::managed_identities_of(tenant))));
  }
  return Done{};
}

}  // namespace

Result<> send_part(const ipc::Channel& control, msg::Part part, Bytes content) {
  GW_TRY(const UniqueFd sealed, sys::seal(content, "part"));
  return send(control, msg::Msg::part, encode(part), sealed.get());
}

Result<> send_compiled(const ipc::Channel& control, const config::Compiled& compiled,
                       const config::Sources& sources) {
  if (compiled.configuration) GW_TRY(send_parts(control, *compiled.configuration, sources));
  const std::string text = config::to_text(compiled.problems, config::kUnnamedFile);
  GW_TRY(const UniqueFd sealed, sys::seal(as_bytes(text), "report"));
  const msg::Report report{compiled.configuration.has_value(), static_cast<std::uint32_t>(compiled.errors)};
  return send(control, msg::Msg::report, encode(report), sealed.get());
}

}  // namespace gw::oneshots
