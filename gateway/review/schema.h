#pragma once

namespace gw::review {

/// The tables of reviews, as migrations of the database that holds them (store::Database::open). Whoever
/// keeps other tables in the same file puts these into his own list, each where it was the latest, and never
/// moves one. What was signed is neither changed nor removed.
inline constexpr const char* kMigrations[] = {
    R"(CREATE TABLE reviews(quarter TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT, WITHOUT ROWID;
       CREATE TRIGGER reviews_are_never_removed BEFORE DELETE ON reviews
         BEGIN SELECT RAISE(ABORT, 'what was signed is never removed'); END;
       CREATE TRIGGER reviews_are_never_changed BEFORE UPDATE ON reviews
         BEGIN SELECT RAISE(ABORT, 'what was signed is never changed'); END;
       CREATE TABLE review_reminders(quarter TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('due', 'overdue')),
                                     PRIMARY KEY (quarter, kind)) STRICT, WITHOUT ROWID;)",
};

}  // namespace gw::review
