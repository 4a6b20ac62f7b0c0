#pragma once

namespace gw::detect {

/// The table of what was detected, as migrations of the database that
/// holds them (store::Database::open). Whoever keeps other tables in the same file puts these into his own
/// list, each where it was the latest, and never moves one. Times are milliseconds since 1970.
inline constexpr const char* kMigrations[] = {
    R"(CREATE TABLE detections(
         number INTEGER PRIMARY KEY, kind TEXT NOT NULL, tenant TEXT NOT NULL, subject TEXT NOT NULL,
         detail TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, count INTEGER NOT NULL,
         over INTEGER NOT NULL, reminded INTEGER NOT NULL DEFAULT 0, seen INTEGER NOT NULL DEFAULT 0,
         seen_by TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '') STRICT;
       CREATE INDEX detections_unseen ON detections(number) WHERE seen = 0;)",
};

}  // namespace gw::detect
