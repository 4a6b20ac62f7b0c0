#pragma once

// sekisho (command line) <-> supervisor, on a local socket that root alone can open: order and ask.

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "ipc/conversation.h"
#include "base/text.h"
#include "model/address.h"
#include "model/board_state.h"
#include "model/disposal.h"
#include "model/cut.h"
#include "model/ids.h"
#include "model/lease.h"
#include "model/packet_capture.h"
#include "model/service_trial.h"
#include "model/site.h"
#include "model/update_state.h"

namespace gw::ipc::op {

enum class Msg : std::uint16_t {
  change_configuration = 1, ///< no body
  status = 2,      ///< no body
  cut = 3,         ///< CutOrder
  restore = 4,     ///< CutOrder: undoes exactly that cut
  prove = 5,       ///< no body: try now what must not work
  last_proof = 6,  ///< no body: what came out last
  republish = 7,   ///< no body: what is in force once more, from what was kept when it was compiled
  terminals = 8,   ///< no body
  identity_order = 11, ///< IdentityOrder + its input, sealed: something shall be done about a certificate of the box
  site_order = 10, ///< SiteRequest + its input, sealed: the site's own authority shall do something
  read_records = 12, ///< no body
  administer = 13, ///< no body
  trust_clock = 9, ///< ClockOrder: the clock is right, whatever an earlier checkpoint says
  certificates = 16,  ///< no body: those of the configuration in force, and what has become of them
  network = 17,       ///< no body: as the configuration in force has it, and as the kernel shows it
  connections = 14,   ///< no body: the sessions that stand
  end_connection = 15,  ///< EndConnection
  diagnose = 20,      ///< Administrator: the services shall be tried; answered at once
  diagnosis = 21,     ///< no body: what came of that last
  stop_diagnosis = 18, ///< Administrator: what somebody asked for is given up; diagnosis.under_way: it is the box's own
  try_isolation = 22, ///< Administrator: as `prove`, and answered at once; diagnosis.under_way
  stop_isolation = 19, ///< Administrator: as `stop_diagnosis`
  capture = 23,       ///< CaptureOrder: packets shall be recorded; answered at once
  stop_capture = 24,  ///< Administrator: no more of them
  capture_state = 25, ///< no body
  capture_file = 26,  ///< no body
  update_state = 29,  ///< no body
  restart = 30,       ///< RestartOrder: the machine starts anew, into the image that waits; update.none_waiting
  install = 56,       ///< InstallOrder: what was fetched goes into the other slot; update.none_fetched
  faults = 31,        ///< Faults: which sides are broken by what controld has measured, once a minute
  dispose = 48,       ///< DisposalOrder
  disposal_state = 49, ///< no body
  noc = 27,           ///< no body: how it goes with telling the operations centre
  tell_noc = 28,      ///< Administrator: it shall be told now; answered at once; noc.absent
  published = 32,  ///< Published + sealed text, a line a warning (may be empty)
  rejected = 33,   ///< Rejected + sealed text, a line an error (may be empty)
  state = 34,      ///< State
  done = 35,       ///< no body
  proof = 36,      ///< sealed model::Proof
  site_product = 37, ///< sealed model::SiteProduct
  clock_trusted = 38, ///< ClockTrusted
  identity_request = 40, ///< the request, PEM, sealed
  terminal_roll = 39, ///< sealed model::TerminalRoll
  records_reader = 41, ///< the end of a channel to controld (ipc/messages/records.h)
  certificate_roll = 45, ///< no body; the sealed model::CertificateRoll, and a sealed model::CertificateState
  network_sight = 46, ///< NetworkState + the sealed model::NetworkRoll, and a model::NetworkSight each of lan, wan and mgmt
  session_roll = 44, ///< sealed model::SessionRoll
  configuration_editor = 42, ///< the end of a channel to controld (ipc/messages/changes.h)
  diagnosed = 50,     ///< sealed Diagnosis
  captured = 51,      ///< sealed model::CaptureState
  captured_file = 52, ///< the file, sealed
  update_told = 54,   ///< model::UpdateState
  disposal_told = 55, ///< model::DisposalState
  noc_standing = 53,  ///< NocStanding + the sealed model::NocOrder, of no octets where nobody is to be told
  administrators_desk = 43, ///< the end of a channel to controld (ipc/messages/web_control.h)
};
enum class Phase : std::uint8_t { open };

struct CutOrder {
  model::Cut cut{};
  std::string reason{};  ///< whoever cuts or restores says why
};
struct ClockOrder {
  std::string reason{};
};
/// Who asks over the API, as controld has found out (ADM-05). Of no name: whoever sits at the box as root.
struct Administrator {
  std::string name{};
  std::string role{};
  std::string source{};   ///< from where, as records have it
  std::string session{};  ///< of his sign-in
};
struct SiteRequest {
  model::SiteOrder order{};
  std::string reason{};
  Administrator by{};
};
struct CaptureOrder {
  Administrator by{};
  model::CaptureWish wish{};
  std::string reason{};
};
struct RestartOrder {
  Administrator by{};
  std::string reason{};
};
/// Of nobody's name: the window of the site is open.
struct InstallOrder {
  Administrator by{};
  std::string reason{};
  std::string version{};
  std::string sha256{};  ///< of the bundle's file
};
/// The box shall forget everything (DSP-01): one proposes it, another agrees, any withdraws it.
struct DisposalOrder {
  enum class Act : std::uint8_t { propose, agree, withdraw };
  Act act{};
  Administrator by{};
  std::string reason{};
};
/// DEM-03, in as much as the box's lights say it.
struct Faults {
  bool box = false;     ///< it is the box itself
  bool beyond = false;  ///< something behind it, on the way to a cloud
};
struct ClockTrusted {
  std::uint32_t compartments = 0;  ///< tenants whose proxyd was ended, with its sessions, to judge by the clock again
};
/// An identity that the box keeps itself (model::ManagedIdentity).
struct IdentityOrder {
  enum class Act : std::uint8_t {
    enrol,    ///< input is the ticket with which it asks for its certificate
    renew,    ///< it gets its next one now
    request,  ///< a request for its next one, to be carried to an authority: answered with it, PEM
    adopt,    ///< input is what the authority answered: the whole chain, PEM
  };
  Act act{};
  std::string tenant{};
  std::string identity{};
};
struct EndConnection {
  std::string tenant{};
  model::SessionId session{};
};
struct Published {
  model::Generation generation{};
  std::uint32_t sessions_kept = 0;
  std::uint32_t sessions_closed = 0;
};
struct Rejected {
  ErrorCode code{};
  std::string detail{};
};
struct ProcessState {
  std::string name{};    ///< "proxyd"
  std::string tenant{};  ///< empty for processes of no tenant
  std::uint32_t pid = 0; ///< zero: not running, will be started again
  std::uint32_t restarts = 0;
  bool serving = false;  ///< runs the current generation
  std::uint64_t resident = 0;                ///< octets of memory; zero: it does not run
  std::chrono::milliseconds processor{0};    ///< time it has used
};
/// A namespace in which the kernel was not as the configuration says, and was put right (network.drifted).
struct DriftState {
  std::string part{};        ///< "wan"
  std::uint32_t lately = 0;  ///< comparisons of the last five minutes that found something to put right
};
struct ListenerState {
  std::string tenant{};
  model::Endpoint endpoint{};
};
/// The last isolation proof: how many things that must not work were tried, and what came out.
struct ProofState {
  std::chrono::milliseconds ended{0};  ///< since 1970, UTC; zero: none yet
  std::uint32_t held = 0;
  std::uint32_t broken = 0;
  std::uint32_t unproven = 0;
  std::vector<std::uint8_t> signature{};  ///< Ed25519 over its JSON (model/proof_text.h); empty: it was not signed
};
/// The one that is being made: so many trials have begun of all. Of none: there is none.
struct ProofProgress {
  std::uint32_t begun = 0;
  std::uint32_t all = 0;
  std::string by{};  ///< which administrator asked for it; empty: root, or the box itself
};
/// Civil times, since 1970, UTC. Before `earliest` no clock can be right (TIM-03).
struct ClockState {
  std::chrono::milliseconds now{0};
  std::chrono::milliseconds earliest{0};
  bool is_right() const { return now >= earliest; }
};
struct State {
  model::Generation generation{};
  ClockState clock{};
  bool kernel_rules = false;  ///< false only when the box stands in a namespace that is not its own
  std::vector<ProcessState> processes{};
  std::vector<DriftState> drifts{};  ///< of the namespaces that had any lately
  std::vector<model::Cut> cuts{};
  model::Intake intake = model::Intake::open;
  std::vector<ListenerState> listeners{};
  ProofState proof{};
  ProofProgress proving{};
  bool makes_backups = false;  ///< the configuration in force names somebody whom they are encrypted to
  model::BoardState board{};
  model::BoxCondition lights{};  ///< what they say
};

/// Who else than the configuration has a say in the network.
struct NetworkState {
  struct Borrowed {
    model::Lease lease{};
    std::chrono::milliseconds ends{0};  ///< since 1970, UTC; zero: never
  };
  std::optional<Borrowed> borrowed{};
  ClockState clock{};
  bool is_synchronised = false;  ///< the kernel says that something disciplines its clock
};
/// How far the box comes on its way to the cloud: how it is itself, and what came of the last round of trials.
struct Diagnosis {
  State state{};
  model::ServiceTrials trials{};
};
inline constexpr std::size_t kMostDiagnosis = 64u << 20;

/// How the last round of telling the operations centre went, since the box was started.
struct NocStanding {
  bool under_way = false;              ///< one goes on now
  std::chrono::milliseconds ended{0};  ///< since 1970, UTC; zero: none has ended yet
  std::string trouble{};               ///< id of an error; empty: everything arrived that was to go
  std::string detail{};
};
inline constexpr std::size_t kMostNocDetail = 512;
/// Of a sealed model::NocOrder.
inline constexpr std::size_t kMostNocOrder = 16u << 20;

template <class Io> void visit(Io& io, CutOrder& m) {
  io.field(m.cut);
  io.text(m.reason, kForeignTextLimit);
}
template <class Io> void visit(Io& io, ClockOrder& m) { io.text(m.reason, kForeignTextLimit); }
template <class Io> void visit(Io& io, Administrator& m) {
  io.text(m.name, model::kMaxName);
  io.text(m.role, 32);
  io.text(m.source, 64);
  io.text(m.session, 64);
}
template <class Io> void visit(Io& io, SiteRequest& m) {
  io.field(m.order);
  io.text(m.reason, kForeignTextLimit);
  io.field(m.by);
}
template <class Io> void visit(Io& io, RestartOrder& m) {
  io.field(m.by);
  io.text(m.reason, kForeignTextLimit);
}
template <class Io> void visit(Io& io, InstallOrder& m) {
  io.field(m.by);
  io.text(m.reason, kForeignTextLimit);
  io.text(m.version, model::kMostImageVersion);
  io.text(m.sha256, model::kMostBundleDigest);
}
template <class Io> void visit(Io& io, DisposalOrder& m) {
  io.choice(m.act, DisposalOrder::Act::withdraw);
  io.field(m.by);
  io.text(m.reason, kForeignTextLimit);
}
template <class Io> void visit(Io& io, Faults& m) {
  io.field(m.box);
  io.field(m.beyond);
}
template <class Io> void visit(Io& io, CaptureOrder& m) {
  io.field(m.by);
  io.field(m.wish);
  io.text(m.reason, kForeignTextLimit);
}
template <class Io> void visit(Io& io, ClockTrusted& m) { io.field(m.compartments); }
template <class Io> void visit(Io& io, IdentityOrder& m) {
  io.choice(m.act, IdentityOrder::Act::adopt);
  io.text(m.tenant, model::kMaxName);
  io.text(m.identity, model::kMaxName);
}
template <class Io> void visit(Io& io, EndConnection& m) {
  io.text(m.tenant, model::kMaxName);
  io.field(m.session);
}
template <class Io> void visit(Io& io, Published& m) {
  io.field(m.generation);
  io.field(m.sessions_kept);
  io.field(m.sessions_closed);
}
template <class Io> void visit(Io& io, Rejected& m) {
  io.choice(m.code, static_cast<ErrorCode>(error_code_count() - 1));
  io.text(m.detail, 512);
}
template <class Io> void visit(Io& io, ProcessState& m) {
  io.text(m.name, 32);
  io.text(m.tenant, 63);
  io.field(m.pid);
  io.field(m.restarts);
  io.field(m.serving);
  io.field(m.resident);
  io.field(m.processor);
}
template <class Io> void visit(Io& io, DriftState& m) {
  io.text(m.part, 16);
  io.field(m.lately);
}
template <class Io> void visit(Io& io, ListenerState& m) {
  io.text(m.tenant, 63);
  io.field(m.endpoint);
}
template <class Io> void visit(Io& io, ProofState& m) {
  io.field(m.ended);
  io.field(m.held);
  io.field(m.broken);
  io.field(m.unproven);
  io.blob(m.signature, 64);
}
template <class Io> void visit(Io& io, ProofProgress& m) {
  io.field(m.begun);
  io.field(m.all);
  io.text(m.by, 63);
}
template <class Io> void visit(Io& io, ClockState& m) {
  io.field(m.now);
  io.field(m.earliest);
}
template <class Io> void visit(Io& io, State& m) {
  io.field(m.generation);
  io.field(m.clock);
  io.field(m.kernel_rules);
  io.list(m.processes, 512);
  io.list(m.drifts, 8);
  io.list(m.cuts, model::kMaxCuts + model::kMaxCuts / 2);  // by hand, and by the site's register
  io.choice(m.intake, model::Intake::unclaimed);
  io.list(m.listeners, 1024);
  io.field(m.proof);
  io.field(m.proving);
  io.field(m.makes_backups);
  io.field(m.board);
  io.choice(m.lights, model::BoxCondition::on_trial);
}
template <class Io> void visit(Io& io, Diagnosis& m) {
  io.field(m.state);
  io.field(m.trials);
}
template <class Io> void visit(Io& io, NocStanding& m) {
  io.field(m.under_way);
  io.field(m.ended);
  io.text(m.trouble, 64);
  io.text(m.detail, kMostNocDetail);
}

template <class Io> void visit(Io& io, NetworkState::Borrowed& m) {
  io.field(m.lease);
  io.field(m.ends);
}
template <class Io> void visit(Io& io, NetworkState& m) {
  io.maybe(m.borrowed);
  io.field(m.clock);
  io.field(m.is_synchronised);
}

inline constexpr Permit kFromOperator[] = {permit(Msg::change_configuration, Phase::open, Times::many),
                                           permit(Msg::status, Phase::open, Times::many),
                                           permit(Msg::cut, Phase::open, Times::many),
                                           permit(Msg::restore, Phase::open, Times::many),
                                           permit(Msg::prove, Phase::open, Times::many),
                                           permit(Msg::last_proof, Phase::open, Times::many),
                                           permit(Msg::republish, Phase::open, Times::many),
                                           permit(Msg::terminals, Phase::open, Times::many),
                                           permit(Msg::trust_clock, Phase::open, Times::many),
                                           permit(Msg::identity_order, Phase::open, Times::many, 1),
                                           permit(Msg::read_records, Phase::open, Times::many),
                                           permit(Msg::administer, Phase::open, Times::many),
                                           permit(Msg::certificates, Phase::open, Times::many),
                                           permit(Msg::network, Phase::open, Times::many),
                                           permit(Msg::connections, Phase::open, Times::many),
                                           permit(Msg::end_connection, Phase::open, Times::many),
                                           permit(Msg::site_order, Phase::open, Times::many, 1)};
/// What controld has done for administrators whom it has found to be allowed it (ADM-06).
inline constexpr Permit kFromControld[] = {permit(Msg::status, Phase::open, Times::many),
                                           permit(Msg::cut, Phase::open, Times::many),
                                           permit(Msg::restore, Phase::open, Times::many),
                                           permit(Msg::last_proof, Phase::open, Times::many),
                                           permit(Msg::terminals, Phase::open, Times::many),
                                           permit(Msg::certificates, Phase::open, Times::many),
                                           permit(Msg::network, Phase::open, Times::many),
                                           permit(Msg::connections, Phase::open, Times::many),
                                           permit(Msg::end_connection, Phase::open, Times::many),
                                           permit(Msg::diagnose, Phase::open, Times::many),
                                           permit(Msg::diagnosis, Phase::open, Times::many),
                                           permit(Msg::stop_diagnosis, Phase::open, Times::many),
                                           permit(Msg::try_isolation, Phase::open, Times::many),
                                           permit(Msg::stop_isolation, Phase::open, Times::many),
                                           permit(Msg::capture, Phase::open, Times::many),
                                           permit(Msg::stop_capture, Phase::open, Times::many),
                                           permit(Msg::capture_state, Phase::open, Times::many),
                                           permit(Msg::capture_file, Phase::open, Times::many),
                                           permit(Msg::update_state, Phase::open, Times::many),
                                           permit(Msg::restart, Phase::open, Times::many),
                                           permit(Msg::install, Phase::open, Times::many),
                                           permit(Msg::dispose, Phase::open, Times::many),
                                           permit(Msg::disposal_state, Phase::open, Times::many),
                                           permit(Msg::faults, Phase::open, Times::many),
                                           permit(Msg::noc, Phase::open, Times::many),
                                           permit(Msg::tell_noc, Phase::open, Times::many),
                                           permit(Msg::site_order, Phase::open, Times::many, 1)};
inline constexpr Permit kToOperator[] = {permit(Msg::published, Phase::open, Times::many, 1),
                                         permit(Msg::rejected, Phase::open, Times::many, 1),
                                         permit(Msg::state, Phase::open, Times::many),
                                         permit(Msg::done, Phase::open, Times::many),
                                         permit(Msg::certificate_roll, Phase::open, Times::many, 2),
                                         permit(Msg::network_sight, Phase::open, Times::many, 4),
                                         permit(Msg::proof, Phase::open, Times::many, 1),
                                         permit(Msg::clock_trusted, Phase::open, Times::many),
                                         permit(Msg::terminal_roll, Phase::open, Times::many, 1),
                                         permit(Msg::site_product, Phase::open, Times::many, 1),
                                         permit(Msg::identity_request, Phase::open, Times::many, 1),
                                         permit(Msg::records_reader, Phase::open, Times::many, 1),
                                         permit(Msg::configuration_editor, Phase::open, Times::many, 1),
                                         permit(Msg::diagnosed, Phase::open, Times::many, 1),
                                         permit(Msg::captured, Phase::open, Times::many, 1),
                                         permit(Msg::captured_file, Phase::open, Times::many, 1),
                                         permit(Msg::update_told, Phase::open, Times::many),
                                         permit(Msg::disposal_told, Phase::open, Times::many),
                                         permit(Msg::session_roll, Phase::open, Times::many, 1),
                                         permit(Msg::noc_standing, Phase::open, Times::many, 1),
                                         permit(Msg::administrators_desk, Phase::open, Times::many, 1)};

}  // namespace gw::ipc::op
