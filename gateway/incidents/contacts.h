#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "incidents/contact.h"
#include "incidents/incidents.h"

namespace gw::incidents {

/// The register of who is told of an incident, and how (INC-02): what somebody wrote down, when it was tried,
/// and of which the box has said that it was not. Each is a row with its record in one transaction; nothing
/// is changed or removed, the last one counts. Records name the party and never a number or an address. One
/// thread.
///
/// Errors: account.forbidden, contact.unsuitable (which says what), store.*.
class Contacts {
 public:
  static constexpr std::size_t kMostWay = 128;      ///< octets of a desk, a way, or hours
  static constexpr std::size_t kMostContacts = 64;  ///< that have ways

  /// `database` has the tables of schema.h and outlives it, as does `clock`.
  Contacts(store::Database& database, const Clock& clock, Incidents::Chain chain)
      : database_(&database), clock_(&clock), chain_(std::move(chain)) {}

  /// Those of parties.def and of `services`, and all that stand in the register, in the order of the table.
  Result<std::vector<Contact>> list(std::span<const std::string> services);

  Result<> state(const Actor& actor, const ContactKey& key, const Ways& ways, Told& told);
  /// What came of trying: `works` says whether one of the ways led there.
  struct Trial {
    CivilTime at{};  ///< zero: now
    bool works = false;
    std::string words{};  ///< which way, and what was found; no name
  };
  Result<> tried(const Actor& actor, const ContactKey& key, const Trial& trial, Told& told);

  /// Says of each contact once that it was not tried in time. At least once a day.
  Result<> tick();

 private:
  struct Row;
  Result<std::vector<Row>> rows();
  Result<std::vector<Contact>> known();
  Result<> put(const Row& row, const Event& told);
  CivilTime now() const;

  store::Database* database_;
  const Clock* clock_;
  Incidents::Chain chain_;
};

}  // namespace gw::incidents
