#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/actor.h"
#include "base/clock.h"
#include "maintenance/report.h"
#include "maintenance/shelf.h"

namespace gw::maintenance {

using accounts::Actor;
using accounts::Told;

/// Remote maintenance (RMT-01 to RMT-07): nothing stands open. A maintainer asks for work on one target
/// within one window; somebody else, of the clinic, allows it; the maintainer comes in; it ends, at the
/// window's end by itself; and what was done stands beside what was planned. may() is the only gate. Every
/// act says in `told` what belongs into the record chain, also when it failed. One thread.
///
/// A window is counted twice, by civil time and by the monotonic clock: setting the clock back makes none
/// longer. What passes between the last tick() and a restart is not counted if the clock was set back as
/// well.
///
/// Errors that many acts share: account.forbidden, account.not_by_itself, maintenance.unknown,
/// maintenance.state (it does not stand where that can be done), store.*.
class Maintenance {
 public:
  /// `database` has the tables of schema.h and outlives it, as does `clock`. store.damaged.
  static Result<Maintenance> open(store::Database& database, const Clock& clock);

  // ---- the maintainer

  /// maintenance.unsuitable; maintenance.overlaps, which names the other one (RMT-06); maintenance.off.
  Result<RequestId> request(const Actor& actor, const Draft& draft, Told& told);
  /// Comes in, within the window of what was approved. maintenance.not_open: it has not begun.
  Result<> enter(const Actor& actor, RequestId id, Told& told);
  /// Comes in at once without approval, which has to follow within 24 hours (RMT-01). maintenance.unapproved:
  /// it did not for an earlier one of this vendor, and has to first.
  Result<RequestId> enter_in_emergency(const Actor& actor, const Draft& draft, Told& told);

  /// May this actor do that there, now? As what: its maintenance. maintenance.not_open,
  /// maintenance.not_allowed, maintenance.off, account.forbidden.
  Result<RequestId> may(const Actor& actor, Work work, const Target& target) const;
  /// The same, and keeps on the disk that it begins. `detail`: on what. maintenance.full.
  Result<Act> begin(const Actor& actor, Work work, const Target& target, std::string_view detail, Told& told);
  /// How it went. Also after the window, since it may have lasted so long.
  Result<> finish(const Actor& actor, RequestId id, std::uint64_t act, bool is_done, std::string_view result,
                  Told& told);

  // ---- the clinic

  /// Before it begins; or of an emergency, after the fact. Never whoever asked.
  Result<> approve(const Actor& actor, RequestId id, std::string_view words, Told& told);
  /// Of an emergency that goes on: it ends at once.
  Result<> refuse(const Actor& actor, RequestId id, std::string_view words, Told& told);
  /// Ends it, or takes it back if nobody is in yet. The maintainer ends his own and no other.
  Result<> end(const Actor& actor, RequestId id, Told& told);
  /// Ends all and lets nobody in until it is switched on again (RMT-07). Whoever may cut may stop.
  Result<> stop_all(const Actor& actor, Told& told);
  Result<> switch_on(const Actor& actor, Told& told);
  bool is_off() const { return is_off_; }
  /// Somebody of the clinic has read the report; its text's digest is recorded (RMT-04).
  Result<> acknowledge(const Actor& actor, RequestId id, Told& told);

  // ---- to look at

  Result<Report> report(const Actor& actor, RequestId id, Told& told);
  Result<std::vector<Request>> list(const Actor& actor, std::size_t most, Told& told);

  /// What time has brought: windows over, requests that lapsed, emergencies that nobody approved. At least
  /// once a minute, and before anybody is asked whether he may stay.
  Result<> tick(Told& told);

 private:
  Maintenance(store::Database& database, const Clock& clock) : shelf_(database), clock_(&clock) {}
  CivilTime now() const { return clock_->civil_now(); }
  std::chrono::microseconds left_of(const Request& request) const;
  Result<Request> find(const Actor& actor, accounts::Operation operation, RequestId id, Told& told);
  Result<Request> decidable(const Actor& actor, RequestId id, Told& told);
  std::optional<Error> collision(const Request& request, bool with_approved) const;
  Result<> let_in(Request& request, const Actor& actor, EventId event, Told& told);
  Result<> close(Request request, End end, const Actor* by, Told& told);
  Result<> lapse(Request& request, Told& told);
  Result<> flag(Request& request, Told& told);
  Result<> keep(Request& request);
  Result<> look();

  Shelf shelf_;
  const Clock* clock_;
  std::map<RequestId, Request> pending_{};    ///< as they are on the disk
  std::map<RequestId, Instant> looked_at_{};  ///< when `left` of an open one was right
  bool is_off_ = false;
};

}  // namespace gw::maintenance
