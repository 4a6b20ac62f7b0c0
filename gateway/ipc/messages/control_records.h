#pragma once

// Supervisor <-> controld: the box's records, and the changes of its configuration.
//
// Records: the supervisor numbers what it passes on, within its own run, and
// keeps each until it is told that it is on the disk; a controld that was started again is sent the rest once
// more.
//
//   controld:    ready         the walls are up; which records of which run it has
//   supervisor:  records*
//   controld:    kept*         up to which they are on the disk
//   controld:    room*         there is less room for them than before, or more
//   controld:    claim*        after ready, and when somebody has claimed the box
//   controld:    wants_keys    it has nobody to sign with
//   supervisor:  keys
//   supervisor:  web*          webd has no way to it yet, or not any more
//   supervisor:  administrator*  somebody at the box would ask as webd does
//
// Changes: controld decides, the supervisor carries out, one order after the other. Configurations are sealed
// config::Sources, which neither of them reads.
//
//   supervisor:  standing*     after ready, and when it undid a change by itself
//   controld:    look, put, wait, keep, back
//   supervisor:  carried       to each of them but wait
//
// Of what was confirmed, whenever that may have become another: whom backups are for, and which rules there are.
//
//   supervisor:  backup_plan*, rules*
//
// Of the operations centre, as the configuration in force has it.
//
//   supervisor:  noc_plan*, agent*

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "ipc/conversation.h"
#include "model/configuration.h"
#include "model/ids.h"
#include "model/record.h"

namespace gw::ipc::control_records {

enum class Msg : std::uint16_t {
  records = 1,      ///< Records
  keys = 2,         ///< no body; the end of a channel to keyd (ipc/messages/key_work.h)
  reader = 3,       ///< no body; the end of a channel to somebody who may read (ipc/messages/records.h)
  editor = 4,       ///< no body; the end of a channel to somebody who may change (ipc/messages/changes.h)
  standing = 5,     ///< Standing + the configuration in force (empty: none is yet)
  carried = 6,      ///< Carried + the compiler's report + what changes, sealed text both + of look a sealed model::Effect, else nothing
  desk = 10,        ///< no body; the end of a channel on which the supervisor serves (ipc/messages/operator.h, kFromControld)
  web = 7,          ///< no body; the end of a channel to webd (ipc/messages/web_control.h), in the place of the one before
  backup_plan = 8,  ///< no body; the sealed model::BackupPlan of what was confirmed, of no octets if nobody can open backups
  administrator = 9, ///< no body; the end of a channel to somebody at the box (ipc/messages/web_control.h), beside the others
  noc_plan = 12,    ///< NocPlan: of the configuration in force
  agent = 13,       ///< no body; the end of a channel to the agent (ipc/messages/noc.h), in the place of the one before
  rules = 11,       ///< no body; the sealed model::RuleRoll of what was confirmed
  ready = 32,       ///< Kept
  kept = 33,        ///< Kept
  wants_keys = 34,  ///< no body
  room = 35,        ///< RoomLeft
  look = 36,        ///< Look + the configuration + the one it is compared with (empty: none)
  put = 37,         ///< Put + the configuration
  wait = 38,        ///< Wait
  keep = 39,        ///< Keep
  back = 40,        ///< Back
  claim = 41,       ///< Claim
};
enum class Phase : std::uint8_t { joining, serving };

/// Who is told how the box is.
struct NocPlan {
  std::string site{};
  std::chrono::seconds every{0};  ///< zero: nobody is
  std::string signer{};           ///< of orders for the box, PEM; empty: none are taken
};

/// Of one message, so that it fits whatever they say.
inline constexpr std::size_t kMostRecords = 8;
inline constexpr std::size_t kMostRun = 32;

struct Records {
  std::string run{};         ///< of the supervisor: another one after each of its starts
  std::uint64_t serial = 1;  ///< of the first
  std::vector<model::Record> records{};
};
/// Where records go (LOG-03): beside what is set aside, into that, or nowhere.
enum class Room : std::uint8_t { enough, reserve, none };
struct RoomLeft {
  Room room = Room::enough;
};
/// Is the secret on the box's label still waiting to be replaced (ADM-04)?
struct Claim {
  bool is_awaited = false;
};
struct Kept {
  std::string run{};
  std::uint64_t serial = 0;  ///< of the last
};

/// Where the box stands. Zero is no change: what was in the box's own file.
struct Standing {
  model::ChangeNumber in_force{};
  model::ChangeNumber start{};   ///< what it would start with
  model::ChangeNumber undone{};  ///< what it undid by itself
};
/// What is wrong with it, and what would it change?
struct Look {
  model::ChangeNumber change{};
};
/// In force from now on. Unless it is kept, or turned back, or waited for longer, it is undone then.
struct Put {
  model::ChangeNumber change{};
  std::chrono::seconds within{0};
};
struct Wait {
  model::ChangeNumber change{};
  std::chrono::seconds within{0};  ///< from now
};
/// What is in force is what the box starts with.
struct Keep {
  model::ChangeNumber change{};
  bool is_found = false;  ///< no change brought it about: the box was found with it, and it has this number from now on
};
/// What the box starts with is in force again.
struct Back {
  model::ChangeNumber change{};  ///< which is undone
};
struct Refusal {
  ErrorCode code{};
  std::string detail{};
};
/// What came of an order.
struct Carried {
  Msg order = Msg::look;
  model::ChangeNumber change{};
  std::optional<Refusal> refusal{};
  bool widens = false;      ///< of look: it allows more than the one it was compared with
  bool is_guarded = false;  ///< of look: that one wants a second person for that
  model::Generation generation{};
  std::uint32_t sessions_kept = 0;    ///< of look: that would be
  std::uint32_t sessions_closed = 0;  ///< likewise
};
/// Most of what a report or a list of changes says.
inline constexpr std::size_t kMostWords = 1u << 20;

template <class Io> void visit(Io& io, Records& m) {
  io.text(m.run, kMostRun);
  io.range(m.serial, std::uint64_t{1}, std::uint64_t{INT64_MAX});
  io.list(m.records, kMostRecords);
}
template <class Io> void visit(Io& io, NocPlan& m) {
  io.text(m.site, model::kMostRecordWord);
  io.field(m.every);
  io.text(m.signer, model::kMaxSignerPem);
}
template <class Io> void visit(Io& io, RoomLeft& m) { io.choice(m.room, Room::none); }
template <class Io> void visit(Io& io, Claim& m) { io.field(m.is_awaited); }
template <class Io> void visit(Io& io, Kept& m) {
  io.text(m.run, kMostRun);
  io.field(m.serial);
}

template <class Io> void visit(Io& io, Standing& m) {
  io.field(m.in_force);
  io.field(m.start);
  io.field(m.undone);
}
template <class Io> void visit(Io& io, Look& m) { io.field(m.change); }
template <class Io> void visit(Io& io, Put& m) {
  io.field(m.change);
  io.field(m.within);
}
template <class Io> void visit(Io& io, Wait& m) {
  io.field(m.change);
  io.field(m.within);
}
template <class Io> void visit(Io& io, Keep& m) {
  io.field(m.change);
  io.field(m.is_found);
}
template <class Io> void visit(Io& io, Back& m) { io.field(m.change); }
template <class Io> void visit(Io& io, Refusal& m) {
  io.choice(m.code, static_cast<ErrorCode>(error_code_count() - 1));
  io.text(m.detail, 512);
}
template <class Io> void visit(Io& io, Carried& m) {
  io.choice(m.order, Msg::back);
  if (m.order < Msg::look) io.fail();
  io.field(m.change);
  io.maybe(m.refusal);
  io.field(m.widens);
  io.field(m.is_guarded);
  io.field(m.generation);
  io.field(m.sessions_kept);
  io.field(m.sessions_closed);
}

inline constexpr Permit kToControld[] = {permit(Msg::records, Phase::serving, Times::many),
                                         permit(Msg::keys, Phase::serving, Times::many, 1),
                                         permit(Msg::reader, Phase::serving, Times::many, 1),
                                         permit(Msg::editor, Phase::serving, Times::many, 1),
                                         permit(Msg::standing, Phase::serving, Times::many, 1),
                                         permit(Msg::carried, Phase::serving, Times::many, 3),
                                         permit(Msg::backup_plan, Phase::serving, Times::many, 1),
                                         permit(Msg::rules, Phase::serving, Times::many, 1),
                                         permit(Msg::noc_plan, Phase::serving, Times::many),
                                         permit(Msg::agent, Phase::serving, Times::many, 1),
                                         permit(Msg::web, Phase::serving, Times::many, 1),
                                         permit(Msg::administrator, Phase::serving, Times::many, 1),
                                         permit(Msg::desk, Phase::serving, Times::many, 1)};
inline constexpr Permit kFromControld[] = {permit(Msg::ready, Phase::joining, Times::once),
                                           permit(Msg::kept, Phase::serving, Times::many),
                                           permit(Msg::wants_keys, Phase::serving, Times::many),
                                           permit(Msg::room, Phase::serving, Times::many),
                                           permit(Msg::look, Phase::serving, Times::many, 2),
                                           permit(Msg::put, Phase::serving, Times::many, 1),
                                           permit(Msg::wait, Phase::serving, Times::many),
                                           permit(Msg::keep, Phase::serving, Times::many),
                                           permit(Msg::back, Phase::serving, Times::many),
                                           permit(Msg::claim, Phase::serving, Times::many)};

}  // namespace gw::ipc::control_records
