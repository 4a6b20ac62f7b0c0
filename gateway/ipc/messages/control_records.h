#pragma once

// Supervisor <-> controld: the box's records. The supervisor numbers what it passes on, within its own run, and
// keeps each until it is told that it is on the disk; a controld that was started again is sent the rest once
// more.
//
//   controld:    ready         the walls are up; which records of which run it has
//   supervisor:  records*
//   controld:    kept*         up to which they are on the disk
//   controld:    room*         there is less room for them than before, or more
//   controld:    wants_keys    it has nobody to sign with
//   supervisor:  keys
//   supervisor:  web*          webd has no way to it yet, or not any more

#include <string>
#include <vector>

#include "ipc/conversation.h"
#include "model/record.h"

namespace gw::ipc::control_records {

enum class Msg : std::uint16_t {
  records = 1,      ///< Records
  keys = 2,         ///< no body; the end of a channel to keyd (ipc/messages/key_work.h)
  reader = 3,       ///< no body; the end of a channel to somebody who may read (ipc/messages/records.h)
  web = 4,          ///< no body; the end of a channel to webd (ipc/messages/web_control.h), in the place of the one before
  ready = 32,       ///< Kept
  kept = 33,        ///< Kept
  wants_keys = 34,  ///< no body
  room = 35,        ///< RoomLeft
};
enum class Phase : std::uint8_t { joining, serving };

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
struct Kept {
  std::string run{};
  std::uint64_t serial = 0;  ///< of the last
};

template <class Io> void visit(Io& io, Records& m) {
  io.text(m.run, kMostRun);
  io.range(m.serial, std::uint64_t{1}, std::uint64_t{INT64_MAX});
  io.list(m.records, kMostRecords);
}
template <class Io> void visit(Io& io, RoomLeft& m) { io.choice(m.room, Room::none); }
template <class Io> void visit(Io& io, Kept& m) {
  io.text(m.run, kMostRun);
  io.field(m.serial);
}

inline constexpr Permit kToControld[] = {permit(Msg::records, Phase::serving, Times::many),
                                         permit(Msg::keys, Phase::serving, Times::many, 1),
                                         permit(Msg::reader, Phase::serving, Times::many, 1),
                                         permit(Msg::web, Phase::serving, Times::many, 1)};
inline constexpr Permit kFromControld[] = {permit(Msg::ready, Phase::joining, Times::once),
                                           permit(Msg::kept, Phase::serving, Times::many),
                                           permit(Msg::wants_keys, Phase::serving, Times::many),
                                           permit(Msg::room, Phase::serving, Times::many)};

}  // namespace gw::ipc::control_records
