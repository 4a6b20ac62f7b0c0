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
  std::uint64_t shown = 0, attention = 0, unknown = 0;  ///< findings
  std::vector<std::uint8_t> files{};                    ///< the archive of evidence::files_of()
  std::string sums{};
  // once it is signed
  std::string seal{};
  std::vector<std::uint8_t> signature{}, signer{};  ///< SubjectPublicKeyInfo, DER

  bool is_signed() const { return !signature.empty(); }
};

/// The evidence on the box: the newest kMost of it. One thread. Errors: store.failed, store.full.
class EvidenceShelf {
 public:
  static constexpr std::size_t kMost = 24;
  static constexpr const char* kMigration =
      R"(CREATE TABLE evidence(number INTEGER PRIMARY KEY, made INTEGER NOT NULL, maker TEXT NOT NULL,
                               generation INTEGER NOT NULL, shown INTEGER NOT NULL, attention INTEGER NOT NULL,
                               unseen INTEGER NOT NULL, sums TEXT NOT NULL, files BLOB NOT NULL,
                               seal TEXT NOT NULL DEFAULT '', signature BLOB NOT NULL DEFAULT x'', signer BLOB NOT NULL DEFAULT x'') STRICT;
         CREATE TRIGGER evidence_is_never_changed
           BEFORE UPDATE OF number, made, maker, generation, shown, attention, unseen, sums, files ON evidence
           BEGIN SELECT RAISE(ABORT, 'evidence is never changed'); END;
         CREATE TRIGGER evidence_is_signed_once BEFORE UPDATE ON evidence WHEN length(OLD.signature) > 0
           BEGIN SELECT RAISE(ABORT, 'evidence is signed once'); END;)";

  /// `database` has the table and outlives it.
  explicit EvidenceShelf(store::Database& database) : database_(&database) {}

  /// Above all that there are or were.
  Result<std::uint64_t> next_number();
  /// Within somebody else's transaction. Those that are too many go.
  Result<> put(const KeptEvidence& one);
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
