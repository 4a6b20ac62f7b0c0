#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/actor.h"
#include "incidents/shelf.h"

namespace gw::incidents {

using accounts::Actor;
using accounts::Told;

/// Incidents (INC-01, INC-03, INC-04): somebody opens one, says when it occurred and when it was found, which
/// clocks apply, whom he told, and has evidence frozen. What is said at once is written in one transaction,
/// each entry with its record, or it does not happen; nothing is changed or taken back, a later entry sets it
/// right.
/// One thread.
///
/// Errors that many acts share: account.forbidden, incident.unknown, incident.closed, incident.unsuitable
/// (which says what), incident.full, store.*.
class Incidents {
 public:
  /// Runs `with`, which gets the number of the last of the records, in one transaction with them.
  using Chain = std::function<Result<>(std::span<const Event> told,
                                       const std::function<Result<>(std::uint64_t record)>& with)>;

  /// `database` has the tables of schema.h and outlives it, as does `clock`.
  Incidents(store::Database& database, const Clock& clock, Chain chain)
      : shelf_(database), clock_(&clock), chain_(std::move(chain)) {}

  /// What an incident is about, from which clocks follow (INC-01).
  struct Concern {
    /// A service, the clock that its vendor has promised to keep, and the place in the vendor's paper that
    /// says so, or what is not known.
    struct Service {
      std::string name{};
      ClockId clock{};
      std::string words{};
    };
    std::vector<Service> services{};
    std::vector<Nature> natures{};
  };
  struct Draft {
    std::string title{};
    std::optional<CivilTime> occurred{}, detected{};
    std::vector<ClockKey> clocks{};
    Concern concern{};
  };
  /// Its moments are as whoever opens it says.
  Result<IncidentId> open(const Actor& actor, const Draft& draft, Told& told);

  /// It is about that, too; the clocks that follow run from now on, and a person may set each aside. Said
  /// again of a service whose paper says something else by now, the clock of before rests.
  /// incident.unsuitable: it names nothing.
  Result<> concern(const Actor& actor, IncidentId id, const Concern& concern, Told& told);

  /// A moment as somebody says it was.
  struct Statement {
    Moment moment{};
    CivilTime at{};
    CivilTime learnt{};    ///< since when that is known; zero: now
    std::string source{};  ///< who said so
  };
  /// Again: it is corrected, and every clock that is counted from it moves.
  Result<> state(const Actor& actor, IncidentId id, const Statement& statement, Told& told);
  /// From now on it applies, or does not, and why.
  Result<> run(const Actor& actor, IncidentId id, const ClockKey& clock, bool runs, std::string_view why,
               Told& told);
  Result<> note(const Actor& actor, IncidentId id, std::string_view words, Told& told);
  /// Whoever the clock is about was told then. incident.unsuitable: that clock does not run.
  Result<> report(const Actor& actor, IncidentId id, const ClockKey& clock, CivilTime at,
                  std::string_view words, Told& told);
  /// incident.open_clocks names those that run and about which nobody was told.
  Result<> close(const Actor& actor, IncidentId id, std::string_view words, Told& told);

  /// What is frozen, and what has to be written down in the same step.
  struct Freeze {
    std::uint64_t evidence = 0, first = 0, last = 0;
    std::string digest{};
    std::vector<Event> before{};  ///< records in front of its own
    std::function<Result<>()> with{};
  };
  /// May that actor freeze for it? Its incident as it is.
  Result<Incident> may_freeze(const Actor& actor, IncidentId id, Told& told);
  /// It is held from now on. Also of an incident that is closed.
  Result<> freeze(const Actor& actor, IncidentId id, const Freeze& freeze, Told& told);
  /// Somebody takes it along; `to`: to whom it is handed. Errors as freeze(); incident.unknown: none such.
  Result<> take(const Actor& actor, IncidentId id, std::uint64_t evidence, std::string_view to,
                std::string_view digest, Told& told);
  /// Somebody else than who froze it lets go of it. account.not_by_itself; incident.not_held.
  Result<> lift(const Actor& actor, IncidentId id, std::uint64_t evidence, std::string_view why, Told& told);

  Result<Incident> show(const Actor& actor, IncidentId id, Told& told);
  Result<std::vector<Incident>> list(const Actor& actor, std::size_t most, Told& told);
  /// For whoever does not show them to a person.
  Result<std::vector<Incident>> list(std::size_t most) { return shelf_.newest(most); }
  /// Those that nobody has closed.
  Result<std::vector<Incident>> open() { return shelf_.open(); }
  Result<std::optional<std::uint64_t>> held_from() { return shelf_.held_from(); }

  /// Warns of clocks, each once for each standing and end. At least once a minute.
  Result<> tick();

 private:
  CivilTime now() const;
  Result<Incident> find(const Actor& actor, accounts::Operation operation, IncidentId id, Told& told);
  Result<Incident> writable(const Actor& actor, IncidentId id, Told& told);
  /// What somebody says of an incident at once: so many entries, each with its record.
  struct Saying {
    const Actor& actor;
    Incident incident{};  ///< as it is with what is said so far
    std::vector<Entry> entries{};
    std::vector<Event> told{};
  };
  Result<> say(Saying& saying, Entry entry, Event told) const;
  Result<> say_time(Saying& saying, const Statement& statement) const;
  Result<> say_clock(Saying& saying, const ClockKey& clock, bool runs, std::string_view why) const;
  Result<> say_service(Saying& saying, const Concern::Service& service) const;
  Result<> say_nature(Saying& saying, Nature nature) const;
  Result<> say_concern(Saying& saying, const Concern& concern) const;
  Result<> write(const Saying& saying);
  Entry entry_by(const Actor& actor, Kind kind) const;
  static void seal(const Entry& entry, Event& told);
  Result<> append(const Incident& incident, Entry entry, std::vector<Event> told,
                  const std::function<Result<>()>& with = {});

  Shelf shelf_;
  const Clock* clock_;
  Chain chain_;
};

}  // namespace gw::incidents
