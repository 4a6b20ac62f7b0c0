#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "incidents/clock.h"
#include "incidents/entry.h"
#include "incidents/nature.h"

namespace gw::incidents {

/// A clock that somebody has said applies.
struct Running {
  bool runs = false;
  std::optional<Entry> reported{};  ///< the last that says so
};

/// Evidence that was frozen. While it is held, no record from its first on is removed.
struct Frozen {
  Entry entry{};
  std::optional<Entry> lifted{};
};

/// An incident as its entries make it: a value. The last entry about a thing counts.
struct Incident {
  IncidentId id{};
  std::vector<Entry> entries{};
  std::map<Moment, Entry> times{};
  std::map<ClockKey, Running> clocks{};
  std::map<std::string, Entry> services{};  ///< that it is about: what was found of each, last
  std::set<Nature> natures{};
  std::vector<Frozen> frozen{};
  bool is_closed = false;

  const std::string& title() const { return entries.front().words; }
  /// None: nobody has said.
  std::optional<CivilTime> at(Moment moment) const;
};
/// `entries` in their order; the first is Kind::opened.
Incident incident_of(IncidentId id, std::vector<Entry> entries);
/// It has one more.
void add(Incident& incident, Entry entry);

/// A clock of an incident, as it is at a time.
struct Reckoned {
  ClockKey clock{};
  Standing standing{};
  std::optional<Span> span{};  ///< none: its anchor is not known
  std::optional<Entry> reported{};
};
/// Those that run, in the order of clocks.def, of one row by their services.
std::vector<Reckoned> reckon(const Incident& incident, CivilTime now);

/// What the box is to warn of now: each clock once for each standing and end, so that a corrected time warns
/// anew. Nothing of an incident that is closed.
std::vector<Reckoned> to_warn(const Incident& incident, CivilTime now);

}  // namespace gw::incidents
