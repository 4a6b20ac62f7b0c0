#pragma once

#include <string>
#include <vector>

#include "model/address.h"
#include "model/close_reason.h"
#include "model/layout.h"

namespace gw::model {

/// One session of a terminal, as it stands.
struct SessionRow {
  SessionId session{};
  std::string tenant{};
  Endpoint source{};
  std::string terminal{};  ///< empty: it was not authorised yet
  std::string service{};
  std::string rule{};
  std::chrono::milliseconds began{0};  ///< since 1970, UTC
  std::uint64_t bytes_up = 0, bytes_down = 0;
};

/// The sessions of all tenants, or the first of them.
struct SessionRoll {
  std::vector<SessionRow> rows{};
  bool is_cut = false;                ///< there are more than fit in
  std::vector<std::string> silent{};  ///< tenants that did not answer in time
};
inline constexpr std::size_t kMostSessionRows = 20'000;
inline constexpr std::size_t kMostSessionRoll = kMostSessionRows * 512;

/// Sessions of one terminal to one service that a change would end, and why.
struct Ending {
  std::string tenant{};
  std::string terminal{};
  std::string service{};
  CloseReason reason{};
  std::uint32_t sessions = 0;
};

/// What a configuration would do to the sessions that stand (WLS-04), if it were in force now.
struct Effect {
  std::uint32_t stay = 0;
  std::uint32_t end = 0;
  std::vector<Ending> endings{};      ///< the first kMostEndings of them
  std::vector<std::string> silent{};  ///< tenants that did not answer in time
};
inline constexpr std::size_t kMostEndings = 200;
inline constexpr std::size_t kMostEffect = kMostEndings * 512 + kMaxTenants * 128;

template <class Io>
void visit(Io& io, SessionRow& r) {
  io.field(r.session);
  io.text(r.tenant, kMaxName);
  io.field(r.source);
  io.text(r.terminal, kMaxName);
  io.text(r.service, kMaxName);
  io.text(r.rule, kMaxName);
  io.field(r.began);
  io.field(r.bytes_up);
  io.field(r.bytes_down);
}
template <class Io>
void visit(Io& io, SessionRoll& r) {
  io.list(r.rows, kMostSessionRows);
  io.field(r.is_cut);
  texts(io, r.silent, kMaxTenants, kMaxName);
}
template <class Io>
void visit(Io& io, Ending& e) {
  io.text(e.tenant, kMaxName);
  io.text(e.terminal, kMaxName);
  io.text(e.service, kMaxName);
  io.choice(e.reason, last_close_reason());
  io.field(e.sessions);
}
template <class Io>
void visit(Io& io, Effect& e) {
  io.field(e.stay);
  io.field(e.end);
  io.list(e.endings, kMostEndings);
  texts(io, e.silent, kMaxTenants, kMaxName);
}

}  // namespace gw::model
