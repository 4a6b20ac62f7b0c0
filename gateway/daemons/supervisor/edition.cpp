#include "edition.h"

#include <set>

#include "ipc/messages/compile.h"
#include "model/operations_centre.h"
#include "sys/sealed.h"

namespace gw::supervisor {
namespace {

constexpr std::size_t kMostWiring = 16 * 1024 * 1024;

Result<> keep(UniqueFd& place, UniqueFd part) {
  if (place) return Error{ErrorCode::message_malformed, "a part came twice"};
  place = std::move(part);
  return Done{};
}

Result<> read_wiring(Edition& edition, int fd) {
  if (!edition.wiring.compartments.empty()) return Error{ErrorCode::message_malformed, "a part came twice"};
  GW_TRY(const std::vector<std::uint8_t> bytes, sys::read_sealed(fd, kMostWiring));
  GW_TRY(edition.wiring, decode<model::Wiring>(bytes));
  return Done{};
}

}  // namespace

const model::Wiring::Compartment* Edition::find(model::TenantId tenant, const std::string& name) const {
  for (const model::Wiring::Compartment& compartment : wiring.compartments)
    if (compartment.tenant == tenant && compartment.name == name) return &compartment;
  return nullptr;
}

Result<> add_part(Edition& edition, ipc::Frame& frame) {
  GW_TRY(const ipc::compile::Part part, decode<ipc::compile::Part>(frame.body));
  UniqueFd fd = std::move(frame.fds.at(0));
  switch (part.kind) {
    case ipc::compile::PartKind::wiring:
      return read_wiring(edition, fd.get());
    case ipc::compile::PartKind::net_plan:
      return keep(edition.net_plan, std::move(fd));
    case ipc::compile::PartKind::aims:
      return keep(edition.aims, std::move(fd));
    case ipc::compile::PartKind::snapshot:
      return keep(edition.snapshots[part.tenant], std::move(fd));
    case ipc::compile::PartKind::dial_table:
      return keep(edition.dial_tables[part.tenant], std::move(fd));
    case ipc::compile::PartKind::name_table:
      return keep(edition.name_table, std::move(fd));
    case ipc::compile::PartKind::sources:
      return keep(edition.sources, std::move(fd));
    case ipc::compile::PartKind::renewals:
      return keep(edition.renewals[part.tenant], std::move(fd));
    case ipc::compile::PartKind::enrolment:
      return keep(edition.enrolments[part.tenant], std::move(fd));
    case ipc::compile::PartKind::difference:
      edition.difference.widens = part.widens;
      edition.difference.is_guarded = part.is_guarded;
      return keep(edition.difference.words, std::move(fd));
    case ipc::compile::PartKind::web_table:
      return keep(edition.web_table, std::move(fd));
    case ipc::compile::PartKind::backup_plan:
      return keep(edition.backup_plan, std::move(fd));
    case ipc::compile::PartKind::rules:
      return keep(edition.rules, std::move(fd));
    case ipc::compile::PartKind::certificates:
      return keep(edition.certificates, std::move(fd));
    case ipc::compile::PartKind::network:
      return keep(edition.network, std::move(fd));
    case ipc::compile::PartKind::noc:
      return keep(edition.noc, std::move(fd));
  }
  return Error{ErrorCode::message_malformed, "unknown part"};
}

Result<> check_complete(const Edition& edition) {
  if (edition.wiring.generation != edition.generation || !edition.net_plan || !edition.aims ||
      !edition.sources || !edition.rules || !edition.certificates || !edition.network)
    return Error{ErrorCode::message_malformed, "a part that every configuration has is missing"};
  if (edition.wiring.names.empty() != !edition.name_table)
    return Error{ErrorCode::message_malformed, "the table of names does not fit the wiring"};
  if (edition.wiring.management.has_value() != static_cast<bool>(edition.web_table))
    return Error{ErrorCode::message_malformed, "what webd is to know does not fit the wiring"};
  if (edition.wiring.noc.has_value() != (edition.noc && edition.dial_tables.contains(model::kNocTenant)))
    return Error{ErrorCode::message_malformed, "what the agent is to know does not fit the wiring"};
  std::set<model::TenantId> tenants;
  for (const model::Wiring::Compartment& compartment : edition.wiring.compartments) {
    const bool known = edition.snapshots.count(compartment.tenant) != 0 &&
                       edition.dial_tables.count(compartment.tenant) != 0 &&
                       edition.enrolments.contains(compartment.tenant) == compartment.enrolment.has_value();
    if (!known || !tenants.insert(compartment.tenant).second ||
        compartment.tenant.number() >= model::kMaxTenants)
      return Error{ErrorCode::message_malformed, "the parts do not fit the wiring"};
  }
  return Done{};
}

}  // namespace gw::supervisor
