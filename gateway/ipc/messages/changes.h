#pragma once

// Whoever may change the configuration (the command line, by the supervisor's leave) <-> controld: changes of the
// configuration, from the first thought to what the box starts with.

#include <array>
#include <chrono>
#include <string>

#include "base/error.h"
#include "base/text.h"
#include "ipc/conversation.h"
#include "model/change_state.h"
#include "model/ids.h"

namespace gw::ipc::changes {

enum class Msg : std::uint16_t {
  stage = 1,     ///< Stage + the configuration, sealed config::Sources: answered by staged
  copy = 2,      ///< Copy: as stage, of a configuration that was in force once
  check = 3,     ///< Act: answered by change, once it was looked at
  put = 4,       ///< Put: answered by put_in_force, once it is in force everywhere
  confirm = 5,   ///< Confirm: answered by change, once the box starts with it
  extend = 6,    ///< Extend
  turn_back = 7, ///< Act, of what waits to be confirmed: answered by change, once it is undone
  withdraw = 8,  ///< Act
  find = 9,     ///< Find
  history = 10,  ///< History
  sources = 11,  ///< Find: answered by configuration
  staged = 32,   ///< Staged
  change = 33,   ///< Change + its compiler's report + what it changes, sealed text both + the sealed model::Effect (empty: not looked at)
  put_in_force = 34,  ///< PutInForce
  changes = 35,  ///< sealed Changes
  configuration = 36,  ///< no body + sealed config::Sources
  refused = 37,  ///< Refused
};
enum class Phase : std::uint8_t { open };

using Digest = std::array<std::uint8_t, 32>;
inline constexpr std::size_t kMostWord = kForeignTextLimit;

struct Stage {
  std::string by{};            ///< who, in the asker's own words
  std::string reason{};
  model::ChangeNumber base{};  ///< what was confirmed when he began; zero: he does not mind
};
struct Copy {
  std::string by{};
  std::string reason{};
  model::ChangeNumber of{};
};
struct Act {
  std::string by{};
  std::string reason{};        ///< of turn_back and withdraw
  model::ChangeNumber change{};  ///< of all but turn_back
};
struct Put {
  std::string by{};
  model::ChangeNumber change{};
  std::chrono::seconds within{0};
};
struct Confirm {
  std::string by{};
  std::string token{};
};
struct Extend {
  std::string by{};
  std::chrono::seconds within{0};
};
struct Find {
  model::ChangeNumber change{};  ///< zero: the one that waits to be confirmed, or that was confirmed last
};
struct History {
  std::uint32_t most = 1;
};
struct Staged {
  model::ChangeNumber change{};
};
/// As changes::Change has it, but for the token.
struct Change {
  model::ChangeNumber number{};
  model::ChangeState state{};
  model::ChangeNumber base{};
  std::string by{};
  std::string source{};
  std::string reason{};
  std::chrono::microseconds staged{0};  ///< since 1970, UTC; so are those below
  Digest digest{};
  bool widens = false;
  bool is_guarded = false;
  std::string approved_by{};
  std::chrono::seconds within{0};
  std::chrono::microseconds deadline{0};  ///< zero: none
  model::Generation generation{};
  std::uint32_t sessions_kept = 0;
  std::uint32_t sessions_closed = 0;
  std::string ended_by{};
  std::chrono::microseconds ended{0};     ///< zero: it did not
  std::string outcome{};
};
struct PutInForce {
  std::string token{};  ///< confirms it, once
  Change change{};
};
struct Changes {
  std::vector<Change> changes{};  ///< the newest first
};
inline constexpr std::uint32_t kMostChanges = 1'000;
struct Refused {
  ErrorCode code{};
  std::string detail{};
};

template <class Io> void visit(Io& io, Stage& m) {
  io.text(m.by, kMostWord);
  io.text(m.reason, kMostWord);
  io.field(m.base);
}
template <class Io> void visit(Io& io, Copy& m) {
  io.text(m.by, kMostWord);
  io.text(m.reason, kMostWord);
  io.field(m.of);
}
template <class Io> void visit(Io& io, Act& m) {
  io.text(m.by, kMostWord);
  io.text(m.reason, kMostWord);
  io.field(m.change);
}
template <class Io> void visit(Io& io, Put& m) {
  io.text(m.by, kMostWord);
  io.field(m.change);
  io.field(m.within);
}
template <class Io> void visit(Io& io, Confirm& m) {
  io.text(m.by, kMostWord);
  io.text(m.token, 64);
}
template <class Io> void visit(Io& io, Extend& m) {
  io.text(m.by, kMostWord);
  io.field(m.within);
}
template <class Io> void visit(Io& io, Find& m) { io.field(m.change); }
template <class Io> void visit(Io& io, History& m) { io.range(m.most, 1u, kMostChanges); }
template <class Io> void visit(Io& io, Staged& m) { io.field(m.change); }
template <class Io> void visit(Io& io, Change& m) {
  io.field(m.number);
  io.choice(m.state, model::last_change_state());
  io.field(m.base);
  io.text(m.by, kMostWord);
  io.text(m.source, kMostWord);
  io.text(m.reason, kMostWord);
  io.field(m.staged);
  io.field(m.digest);
  io.field(m.widens);
  io.field(m.is_guarded);
  io.text(m.approved_by, kMostWord);
  io.field(m.within);
  io.field(m.deadline);
  io.field(m.generation);
  io.field(m.sessions_kept);
  io.field(m.sessions_closed);
  io.text(m.ended_by, kMostWord);
  io.field(m.ended);
  io.text(m.outcome, 512);
}
template <class Io> void visit(Io& io, PutInForce& m) {
  io.text(m.token, 64);
  io.field(m.change);
}
template <class Io> void visit(Io& io, Changes& m) { io.list(m.changes, kMostChanges); }
template <class Io> void visit(Io& io, Refused& m) {
  io.choice(m.code, static_cast<ErrorCode>(error_code_count() - 1));
  io.text(m.detail, 512);
}

inline constexpr Permit kToControld[] = {permit(Msg::stage, Phase::open, Times::many, 1),
                                         permit(Msg::copy, Phase::open, Times::many),
                                         permit(Msg::check, Phase::open, Times::many),
                                         permit(Msg::put, Phase::open, Times::many),
                                         permit(Msg::confirm, Phase::open, Times::many),
                                         permit(Msg::extend, Phase::open, Times::many),
                                         permit(Msg::turn_back, Phase::open, Times::many),
                                         permit(Msg::withdraw, Phase::open, Times::many),
                                         permit(Msg::find, Phase::open, Times::many),
                                         permit(Msg::history, Phase::open, Times::many),
                                         permit(Msg::sources, Phase::open, Times::many)};
inline constexpr Permit kFromControld[] = {permit(Msg::staged, Phase::open, Times::many),
                                           permit(Msg::change, Phase::open, Times::many, 3),
                                           permit(Msg::put_in_force, Phase::open, Times::many),
                                           permit(Msg::changes, Phase::open, Times::many, 1),
                                           permit(Msg::configuration, Phase::open, Times::many, 1),
                                           permit(Msg::refused, Phase::open, Times::many)};

}  // namespace gw::ipc::changes
