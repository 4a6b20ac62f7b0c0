#pragma once

// conf-compile -> supervisor: the parts of a compiled configuration, each a sealed memory file, then the report.
// net-apply -> supervisor: one result.

#include <string>
#include <vector>

#include "base/error.h"
#include "ipc/conversation.h"
#include "model/ids.h"

namespace gw::ipc::compile {

enum class Msg : std::uint16_t {
  part = 1,    ///< Part + sealed bytes
  report = 2,  ///< Report + sealed text, a line an error; last
};
enum class Phase : std::uint8_t { open };

enum class PartKind : std::uint8_t {
  wiring,      ///< model::Wiring, for the supervisor itself
  net_plan,    ///< net::Plan, for net-apply
  snapshot,    ///< model::Snapshot of one tenant, for its proxyd
  dial_table,  ///< model::DialTable of one tenant, for its dialerd
  aims,        ///< probe::Aims, for isolation-probe
  name_table,  ///< model::NameTable, for namesd; only if a segment asks for names
  sources,     ///< config::Sources, for conf-compile itself when the same is to be compiled again
  renewals,    ///< model::ManagedIdentities of one tenant, for the renewer; only if it has any
  enrolment,   ///< model::Snapshot of one tenant, for its enrold; only if it has one
  difference,  ///< text, a line a change, to what it is compared with; only if there is something
  web_table,   ///< model::WebTable, for webd; only if the box is administered by browsers
  backup_plan, ///< model::BackupPlan, for controld; only if somebody can open backups
  rules,       ///< model::RuleRoll, for controld
  certificates, ///< model::CertificateRoll, for controld
  network,     ///< model::NetworkRoll, for controld
  noc,         ///< model::NocOrder, for the agent; only if there is an operations centre
};

struct Part {
  PartKind kind{};
  model::TenantId tenant{};  ///< of snapshot, dial_table, renewals and enrolment
  bool widens = false;       ///< of difference: more is allowed than before
  bool is_guarded = false;   ///< of difference: the one before wants a second person for that
};
struct Report {
  bool usable = false;       ///< no error; all parts were sent
  std::uint32_t errors = 0;
};

template <class Io> void visit(Io& io, Part& m) {
  io.choice(m.kind, PartKind::noc);
  io.field(m.tenant);
  io.field(m.widens);
  io.field(m.is_guarded);
}
template <class Io> void visit(Io& io, Report& m) {
  io.field(m.usable);
  io.field(m.errors);
}

inline constexpr Permit kFromCompiler[] = {permit(Msg::part, Phase::open, Times::many, 1),
                                           permit(Msg::report, Phase::open, Times::once, 1)};

}  // namespace gw::ipc::compile

namespace gw::ipc::net_apply {

enum class Msg : std::uint16_t {
  applied = 1,  ///< no body: done, or there was nothing to do (base rules, links)
  failed = 2,   ///< Failed
  seen = 4,     ///< the sealed model::NetworkSight of the namespace
  shaped = 3,   ///< Shaped + the rules as the kernel lists them, sealed: the namespace is as the plan says
};
enum class Phase : std::uint8_t { open };

/// Something of the kernel's state that was not as it had to be.
struct Difference {
  std::string text{};
};
struct Shaped {
  std::vector<Difference> repaired{};  ///< empty: nothing was written
  std::uint32_t further = 0;           ///< differences beyond those
  std::vector<Difference> left{};      ///< what differs and cannot be put right from here
};

struct Failed {
  ErrorCode code{};
  std::string detail{};
};

template <class Io> void visit(Io& io, Difference& m) { io.text(m.text, 200); }
template <class Io> void visit(Io& io, Shaped& m) {
  io.list(m.repaired, 32);
  io.field(m.further);
  io.list(m.left, 32);
}
template <class Io> void visit(Io& io, Failed& m) {
  io.choice(m.code, static_cast<ErrorCode>(error_code_count() - 1));
  io.text(m.detail, 4096);
}

inline constexpr Permit kFromNetApply[] = {permit(Msg::applied, Phase::open, Times::once),
                                           permit(Msg::failed, Phase::open, Times::once),
                                           permit(Msg::seen, Phase::open, Times::once, 1),
                                           permit(Msg::shaped, Phase::open, Times::once, 1)};

}  // namespace gw::ipc::net_apply
