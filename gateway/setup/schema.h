#pragma once

namespace gw::setup {

/// The tables of the setting-up, as migrations of the database that holds them (store::Database::open).
/// Whoever keeps other tables in the same file puts these into his own list, each where it was the latest,
/// and never moves one. A report that was made is neither changed nor removed.
inline constexpr const char* kMigrations[] = {
    R"(CREATE TABLE setup_steps(step TEXT PRIMARY KEY, stated TEXT NOT NULL, by TEXT NOT NULL,
                                at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
       CREATE TABLE setup_report(only INTEGER PRIMARY KEY CHECK (only = 1), by TEXT NOT NULL,
                                 at INTEGER NOT NULL, report TEXT NOT NULL) STRICT;
       CREATE TRIGGER setup_report_is_never_changed BEFORE UPDATE ON setup_report
         BEGIN SELECT RAISE(ABORT, 'the report of the setting-up is never changed'); END;
       CREATE TRIGGER setup_report_is_never_removed BEFORE DELETE ON setup_report
         BEGIN SELECT RAISE(ABORT, 'the report of the setting-up is never removed'); END;)",
};

}  // namespace gw::setup
