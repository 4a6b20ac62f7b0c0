#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "evidence/seal.h"
#include "store/database.h"

namespace gw::control {

/// Evidence as it was made. What was kept once is never changed; it gets its signature once.
struct KeptEvidence {
  std::uint64_t number = 0;
  CivilTime made{};
  std::string by{};
  std::uint64_t generation = 0;
  std::uint64_t incident = 0;  ///< for which it was frozen; zero: none
  std::uint64_t shown = 0, by_design = 0, attention = 0, unknown = 0;  ///< findings
  std::uint64_t size = 0;                                              ///< octets of its files
  std::vector<std::uint8_t> files{};  ///< the archive of evidence::files_of()
  std::string sums{};
  // once it is signed
  std::string seal{};
  std::vector<std::uint8_t> signature{}, signer{};  ///< SubjectPublicKeyInfo, DER

  bool is_signed() const { return !signature.empty(); }
};

/// The evidence on the box: the newest kMost of it, and what is held for an incident. One thread. Errors:
/// store.failed, store.full.
class EvidenceShelf {
 public:
  static constexpr std::size_t kMost = 24;
  static constexpr const char* kMigration =
      R"(CREATE TABLE evidence(number INTEGER PRIMARY KEY, made INTEGER NOT NULL, maker TEXT NOT NULL,
                               generation INTEGER NOT NULL, shown INTEGER NOT NULL, by_design INTEGER NOT NULL,
                               attention INTEGER NOT NULL, unseen INTEGER NOT NULL, size INTEGER NOT NULL,
                               sums TEXT NOT NULL, seal TEXT NOT NULL DEFAULT '',
                               signature BLOB NOT NULL DEFAULT x'', signer BLOB NOT NULL DEFAULT x'') STRICT;
         CREATE TABLE evidence_files(number INTEGER PRIMARY KEY, files BLOB NOT NULL) STRICT;
         CREATE TRIGGER evidence_is_never_changed
           BEFORE UPDATE OF number, made, maker, generation, shown, by_design, attention, unseen, size, sums
           ON evidence BEGIN SELECT RAISE(ABORT, 'evidence is never changed'); END;
         CREATE TRIGGER evidence_files_are_never_changed BEFORE UPDATE ON evidence_files
           BEGIN SELECT RAISE(ABORT, 'evidence is never changed'); END;
         CREATE TRIGGER evidence_is_signed_once BEFORE UPDATE ON evidence WHEN length(OLD.signature) > 0
           BEGIN SELECT RAISE(ABORT, 'evidence is signed once'); END;
         CREATE TRIGGER the_newest_evidence_stays BEFORE DELETE ON evidence
           WHEN OLD.number > (SELECT max(number) FROM evidence) - 24
           BEGIN SELECT RAISE(ABORT, 'the newest evidence stays'); END;)";

  /// Behind that of incidents: what is held stays, and so does each record from its first on (INC-03).
  static constexpr const char* kHoldMigration =
      R"(ALTER TABLE evidence ADD COLUMN incident INTEGER NOT NULL DEFAULT 0;
         CREATE TRIGGER evidence_stays_with_its_incident BEFORE UPDATE OF incident ON evidence
           BEGIN SELECT RAISE(ABORT, 'evidence is never changed'); END;
         CREATE TRIGGER held_evidence_stays BEFORE DELETE ON evidence
           WHEN OLD.number IN (SELECT evidence FROM held_evidence)
           BEGIN SELECT RAISE(ABORT, 'evidence is held for an incident'); END;
         CREATE TRIGGER held_evidence_files_stay BEFORE DELETE ON evidence_files
           WHEN OLD.number IN (SELECT evidence FROM held_evidence)
           BEGIN SELECT RAISE(ABORT, 'evidence is held for an incident'); END;
         CREATE TRIGGER held_records_stay BEFORE DELETE ON records
           WHEN OLD.number >= (SELECT min(first) FROM held_evidence)
           BEGIN SELECT RAISE(ABORT, 'records are held for an incident'); END;)";

  /// `database` has the table and outlives it.
  explicit EvidenceShelf(store::Database& database) : database_(&database) {}

  /// Above all that there are or were.
  Result<std::uint64_t> next_number();
  /// Within somebody else's transaction; the oldest go if there are too many.
  Result<> put(const KeptEvidence& one);
  /// What goes when `number` is put, without its files.
  Result<std::vector<KeptEvidence>> surplus(std::uint64_t number);
  Result<> sign(const KeptEvidence& one);
  /// The newest first, without files.
  Result<std::vector<KeptEvidence>> list();
  /// Nothing if there is none.
  Result<std::optional<KeptEvidence>> find(std::uint64_t number);
  /// The oldest that is not signed yet.
  Result<std::optional<KeptEvidence>> unsigned_one();

 private:
  store::Database* database_;
};

}  // namespace gw::control
