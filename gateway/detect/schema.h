#pragma once

namespace gw::detect {

/// The tables of what was detected and of what is usual, as migrations of the database that
/// holds them (store::Database::open). Whoever keeps other tables in the same file puts these into his own
/// list, each where it was the latest, and never moves one. Times are milliseconds since 1970.
inline constexpr const char* kMigrations[] = {
    R"(CREATE TABLE detections(
         number INTEGER PRIMARY KEY, kind TEXT NOT NULL, tenant TEXT NOT NULL, subject TEXT NOT NULL,
         detail TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, count INTEGER NOT NULL,
         over INTEGER NOT NULL, reminded INTEGER NOT NULL DEFAULT 0, seen INTEGER NOT NULL DEFAULT 0,
         seen_by TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '') STRICT;
       CREATE INDEX detections_unseen ON detections(number) WHERE seen = 0;
-- back
       DROP TABLE detections;)",
    // What each terminal usually does with each service; by its layout (habit.h).
    R"(CREATE TABLE habits(tenant TEXT NOT NULL, terminal TEXT NOT NULL, service TEXT NOT NULL,
         habit BLOB NOT NULL, PRIMARY KEY(tenant, terminal, service)) STRICT, WITHOUT ROWID;
-- back
       DROP TABLE habits;)",
};

}  // namespace gw::detect
