#pragma once

// Supervisor <-> proxyd, enrold, dialerd, namesd, webd and keyd: how a compartment gets its configuration.
//
//   compartment: ready
//   supervisor:  snapshot + listener*      (proxyd, enrold)     dial_table      (dialerd)      any order
//                name_table + name_socket*        (namesd)      key_ring        (keyd)
//                web_table + listener             (webd)
//                prepare                          everything of this generation has been sent
//   compartment: prepared | refused               refused: forget it, go on with the one before
//   supervisor:  commit | abandon
//   compartment: adopted                          new sessions use it; sessions without a rule are closed
//
// What is cut off comes before everything else, and again whenever it changes (proxyd, enrold).
//
// A terminal that asks for a certificate is put before the site's authority:
//
//   enrold:      enrol                            one at a time
//   supervisor:  enrolled | not_enrolled
//
// webd asks for a way to controld while it has none; it may hear nothing for a while, and asks again:
//
//   webd:        wants_controld
//   supervisor:  controld
//
// What stands in a compartment, and what would become of it; a proxyd is asked one thing at a time:
//
//   supervisor:  list_sessions | end_session | rehearse
//   proxyd:      sessions      | ended       | rehearsed
//
// A proxyd tries its services when it is asked, however long that takes:
//
//   supervisor:  try_services
//   proxyd:      service_tried*                   the last one says so
//
// A new peer (one of proxyd, dialerd and keyd was started again) can come at any time after ready.

#include <chrono>
#include <optional>
#include <string>

#include "base/error.h"
#include "ipc/conversation.h"
#include "model/address.h"
#include "model/cut.h"
#include "model/ids.h"
#include "model/key_ring.h"
#include "model/service_trial.h"
#include "model/session_roll.h"
#include "model/site.h"

namespace gw::ipc::compartment {

enum class Msg : std::uint16_t {
  // supervisor -> compartment
  snapshot = 1,   ///< Staged + sealed model::Snapshot
  key_ring = 2,   ///< Staged + sealed model::KeyRing
  listener = 3,   ///< StagedListener + listening socket
  dial_table = 4, ///< Staged + sealed model::DialTable
  prepare = 5,    ///< Staged
  commit = 6,     ///< Staged
  abandon = 7,    ///< Staged
  peer = 8,       ///< no body; one end of the proxyd-dialerd channel
  drain = 9,      ///< no body: stop accepting, end sessions, exit
  cut_off = 10,   ///< model::CutOff in the place of the one before; at once
  name_table = 11,   ///< Staged + sealed model::NameTable
  name_socket = 12,  ///< StagedSocket + bound socket; over TCP it listens
  proxy = 13,     ///< Proxy; keyd's end of its channel to that tenant's proxyd or enrold
  keys = 14,      ///< no body; the other end of it
  key_work = 19,  ///< KeyWork (keyd); keyd's end of its channel to a one-shot (ipc/messages/key_work.h)
  guest = 20,     ///< no body (dialerd); its end of a channel to the tenant's renewer, in the place of the one before
  enrolled = 21,      ///< no body; the sealed model::SiteProduct (enrold)
  not_enrolled = 22,  ///< NotEnrolled (enrold)
  earliest = 18,  ///< Earliest (proxyd, enrold, keyd): first of all, and again whenever it has risen
  web_table = 23,     ///< Staged + sealed model::WebTable
  list_sessions = 25,  ///< ListSessions (proxyd)
  end_session = 26,    ///< EndSession (proxyd): an administrator wants it to end
  rehearse = 27,       ///< Rehearse + sealed model::Snapshot, of no octets if the tenant is to go (proxyd): what would it end?
  try_services = 29,   ///< TryServices (proxyd): would a terminal reach them now?
  stop_trying = 28,    ///< no body (proxyd): whoever wanted to know that does not any more
  controld = 24,      ///< no body (webd); its end of a channel to controld (ipc/messages/web_control.h)
  // compartment -> supervisor
  ready = 32,     ///< no body: the walls are up
  prepared = 33,  ///< Staged
  refused = 34,   ///< Refused
  adopted = 35,   ///< Adopted
  misused = 36,   ///< Misused (keyd): somebody asked for what it must not ask for
  enrol = 37,     ///< Enrol (enrold): a terminal of its tenant asks for a certificate
  wants_controld = 38,  ///< no body (webd)
  sessions = 39,   ///< Sessions (proxyd)
  ended = 40,      ///< Ended (proxyd)
  rehearsed = 41,  ///< Rehearsed (proxyd)
  service_tried = 42,  ///< ServiceTried (proxyd)
};

enum class Phase : std::uint8_t { joining, serving };

struct Staged {
  model::Generation generation{};
};
/// No time before it is believed (TIM-03).
struct Earliest {
  std::chrono::milliseconds civil{0};  ///< since 1970, UTC
};
struct Proxy {
  std::string owner{};  ///< as in model::KeyRing: the tenant's number may be another's in the next generation
};
/// What a one-shot may have of keyd.
enum class Trade : std::uint8_t {
  found_authority,   ///< a new site authority: its key, its request and its own certificate
  certify_terminal,  ///< one certificate by that authority, for the one terminal; and its lists
  keep_lists,        ///< that authority's lists and answers alone
  hold_identity,     ///< a certificate of the box itself: new keys, their requests, trying them as a TLS client
  sign_records,      ///< checkpoints of the box's records and seals of its backups, with a key of their own (controld)
};
struct KeyWork {
  Trade trade{};
  std::string owner{};     ///< the tenant's name; empty: the site's
  std::string terminal{};  ///< of certify_terminal, else empty
};
enum class Asker : std::uint8_t { proxy, one_shot };
struct Misused {
  Asker asker{};
  std::string owner{};  ///< as in Proxy or KeyWork
  std::string why{};
};
/// What a terminal asks for, by the word of its enrold: the tenant is known by the channel.
struct Enrol {
  enum class Right : std::uint8_t { ticket, certificate };

  std::string terminal{};
  Right right{};
  std::string proof{};   ///< the ticket; or SHA-256 in hex of the certificate it came with
  std::string source{};  ///< its address, for the record
  std::vector<std::uint8_t> request{};  ///< PKCS#10, DER
};
struct NotEnrolled {
  ErrorCode code{};
  std::string detail{};
};
inline constexpr std::size_t kMostEnrolRequest = 16 * 1024;

struct StagedListener {
  model::Generation generation{};
  model::ListenerId listener{};
  model::Endpoint endpoint{};
};
enum class Transport : std::uint8_t { udp, tcp };
struct StagedSocket {
  model::Generation generation{};
  Transport transport{};
  model::IpAddress address{};  ///< of the box, on the segment that is answered there
};
struct Refused {
  model::Generation generation{};
  ErrorCode code{};
  std::string detail{};
};
struct Adopted {
  model::Generation generation{};
  std::uint32_t sessions_kept = 0;
  std::uint32_t sessions_closed = 0;
};

/// The next sessions behind one, by their numbers. `question` is repeated in the answer, here and below.
struct ListSessions {
  std::uint64_t question = 0;
  model::SessionId behind{};
};
struct Sessions {
  std::uint64_t question = 0;
  std::vector<model::SessionRow> rows{};  ///< no tenants in them: that is known by the channel
  bool is_last = false;
};
inline constexpr std::size_t kMostAtOnce = 150;
struct EndSession {
  std::uint64_t question = 0;
  model::SessionId session{};
};
struct Ended {
  std::uint64_t question = 0;
  bool was_there = false;
};
struct Rehearse {
  std::uint64_t question = 0;
};
struct Rehearsed {
  std::uint64_t question = 0;
  model::Effect effect{};
};
struct TryServices {
  std::uint64_t question = 0;
};
struct ServiceTried {
  std::uint64_t question = 0;
  std::optional<model::ServiceTrial> trial{};  ///< none: there is no service
  bool is_last = false;
};

template <class Io> void visit(Io& io, Staged& m) { io.field(m.generation); }
template <class Io> void visit(Io& io, ListSessions& m) {
  io.field(m.question);
  io.field(m.behind);
}
template <class Io> void visit(Io& io, Sessions& m) {
  io.field(m.question);
  io.list(m.rows, kMostAtOnce);
  io.field(m.is_last);
}
template <class Io> void visit(Io& io, EndSession& m) {
  io.field(m.question);
  io.field(m.session);
}
template <class Io> void visit(Io& io, Ended& m) {
  io.field(m.question);
  io.field(m.was_there);
}
template <class Io> void visit(Io& io, Rehearse& m) { io.field(m.question); }
template <class Io> void visit(Io& io, Rehearsed& m) {
  io.field(m.question);
  io.field(m.effect);
}
template <class Io> void visit(Io& io, TryServices& m) { io.field(m.question); }
template <class Io> void visit(Io& io, ServiceTried& m) {
  io.field(m.question);
  io.maybe(m.trial);
  io.field(m.is_last);
}
template <class Io> void visit(Io& io, Earliest& m) { io.field(m.civil); }
template <class Io> void visit(Io& io, Proxy& m) { io.text(m.owner, model::kMaxKeyOwner); }
template <class Io> void visit(Io& io, KeyWork& m) {
  io.choice(m.trade, Trade::sign_records);
  io.text(m.owner, model::kMaxName);
  io.text(m.terminal, model::kMaxName);
  if (m.terminal.empty() == (m.trade == Trade::certify_terminal)) io.fail();
}
template <class Io> void visit(Io& io, Misused& m) {
  io.choice(m.asker, Asker::one_shot);
  io.text(m.owner, model::kMaxKeyOwner);
  io.text(m.why, 512);
}
template <class Io> void visit(Io& io, Enrol& m) {
  io.text(m.terminal, model::kMaxName);
  io.choice(m.right, Enrol::Right::certificate);
  io.text(m.proof, model::kMostTicketText);
  io.text(m.source, 64);
  io.blob(m.request, kMostEnrolRequest);
  if (m.right == Enrol::Right::certificate && !model::is_fingerprint(m.proof)) io.fail();
}
template <class Io> void visit(Io& io, NotEnrolled& m) {
  io.choice(m.code, static_cast<ErrorCode>(error_code_count() - 1));
  io.text(m.detail, 512);
}
template <class Io> void visit(Io& io, StagedListener& m) {
  io.field(m.generation);
  io.field(m.listener);
  io.field(m.endpoint);
}
template <class Io> void visit(Io& io, StagedSocket& m) {
  io.field(m.generation);
  io.choice(m.transport, Transport::tcp);
  io.field(m.address);
}
template <class Io> void visit(Io& io, Refused& m) {
  io.field(m.generation);
  io.choice(m.code, static_cast<ErrorCode>(error_code_count() - 1));
  io.text(m.detail, 512);
}
template <class Io> void visit(Io& io, Adopted& m) {
  io.field(m.generation);
  io.field(m.sessions_kept);
  io.field(m.sessions_closed);
}

inline constexpr Permit kToProxy[] = {
    permit(Msg::snapshot, Phase::serving, Times::many, 1), permit(Msg::keys, Phase::serving, Times::many, 1),
    permit(Msg::listener, Phase::serving, Times::many, 1), permit(Msg::prepare, Phase::serving, Times::many),
    permit(Msg::commit, Phase::serving, Times::many),      permit(Msg::abandon, Phase::serving, Times::many),
    permit(Msg::peer, Phase::serving, Times::many, 1),     permit(Msg::drain, Phase::serving, Times::once),
    permit(Msg::cut_off, Phase::serving, Times::many),     permit(Msg::earliest, Phase::serving, Times::many),
    permit(Msg::list_sessions, Phase::serving, Times::many), permit(Msg::end_session, Phase::serving, Times::many),
    permit(Msg::rehearse, Phase::serving, Times::many, 1),  permit(Msg::try_services, Phase::serving, Times::many),
    permit(Msg::stop_trying, Phase::serving, Times::many),
};
inline constexpr Permit kToEnroller[] = {
    permit(Msg::snapshot, Phase::serving, Times::many, 1), permit(Msg::keys, Phase::serving, Times::many, 1),
    permit(Msg::listener, Phase::serving, Times::many, 1), permit(Msg::prepare, Phase::serving, Times::many),
    permit(Msg::commit, Phase::serving, Times::many),      permit(Msg::abandon, Phase::serving, Times::many),
    permit(Msg::drain, Phase::serving, Times::once),       permit(Msg::cut_off, Phase::serving, Times::many),
    permit(Msg::earliest, Phase::serving, Times::many),    permit(Msg::enrolled, Phase::serving, Times::many, 1),
    permit(Msg::not_enrolled, Phase::serving, Times::many),
};
inline constexpr Permit kToWeb[] = {
    permit(Msg::web_table, Phase::serving, Times::many, 1), permit(Msg::keys, Phase::serving, Times::many, 1),
    permit(Msg::listener, Phase::serving, Times::many, 1),  permit(Msg::prepare, Phase::serving, Times::many),
    permit(Msg::commit, Phase::serving, Times::many),       permit(Msg::abandon, Phase::serving, Times::many),
    permit(Msg::drain, Phase::serving, Times::once),        permit(Msg::cut_off, Phase::serving, Times::many),
    permit(Msg::earliest, Phase::serving, Times::many),     permit(Msg::controld, Phase::serving, Times::many, 1),
};
inline constexpr Permit kToDialer[] = {
    permit(Msg::dial_table, Phase::serving, Times::many, 1), permit(Msg::prepare, Phase::serving, Times::many),
    permit(Msg::commit, Phase::serving, Times::many),        permit(Msg::abandon, Phase::serving, Times::many),
    permit(Msg::peer, Phase::serving, Times::many, 1),       permit(Msg::drain, Phase::serving, Times::once),
    permit(Msg::guest, Phase::serving, Times::many, 1),
};
inline constexpr Permit kToNames[] = {
    permit(Msg::name_table, Phase::serving, Times::many, 1), permit(Msg::name_socket, Phase::serving, Times::many, 1),
    permit(Msg::prepare, Phase::serving, Times::many),       permit(Msg::commit, Phase::serving, Times::many),
    permit(Msg::abandon, Phase::serving, Times::many),       permit(Msg::drain, Phase::serving, Times::once),
};
inline constexpr Permit kToKeys[] = {
    permit(Msg::key_ring, Phase::serving, Times::many, 1), permit(Msg::proxy, Phase::serving, Times::many, 1),
    permit(Msg::prepare, Phase::serving, Times::many), permit(Msg::commit, Phase::serving, Times::many),
    permit(Msg::abandon, Phase::serving, Times::many), permit(Msg::drain, Phase::serving, Times::once),
    permit(Msg::earliest, Phase::serving, Times::many), permit(Msg::key_work, Phase::serving, Times::many, 1),
};
inline constexpr Permit kFromCompartment[] = {
    permit(Msg::ready, Phase::joining, Times::once),
    permit(Msg::prepared, Phase::serving, Times::many),
    permit(Msg::refused, Phase::serving, Times::many),
    permit(Msg::adopted, Phase::serving, Times::many),
    permit(Msg::misused, Phase::serving, Times::many),
    permit(Msg::enrol, Phase::serving, Times::many),
    permit(Msg::wants_controld, Phase::serving, Times::many),
    permit(Msg::sessions, Phase::serving, Times::many),
    permit(Msg::ended, Phase::serving, Times::many),
    permit(Msg::rehearsed, Phase::serving, Times::many),
    permit(Msg::service_tried, Phase::serving, Times::many),
};

}  // namespace gw::ipc::compartment
