#pragma once

namespace gw::changes {

/// The tables of changes, as migrations of the database that holds them (store::Database::open); as with
/// accounts::kMigrations, each stands in its holder's one list where it was the latest.
///
/// What must never be is refused by the database as well: two changes in flight at once, and the removal of
/// one, since records name it. Their configurations may go.
inline constexpr const char* kMigrations[] = {
    R"(CREATE TABLE changes(
         number INTEGER PRIMARY KEY, state TEXT NOT NULL, base INTEGER NOT NULL,
         by TEXT NOT NULL, source TEXT NOT NULL, reason TEXT NOT NULL, staged INTEGER NOT NULL,
         digest BLOB NOT NULL, widens INTEGER NOT NULL, guarded INTEGER NOT NULL, words TEXT NOT NULL,
         report TEXT NOT NULL, approved_by TEXT NOT NULL, within INTEGER NOT NULL, deadline INTEGER NOT NULL,
         token BLOB NOT NULL, generation INTEGER NOT NULL, sessions_kept INTEGER NOT NULL,
         sessions_closed INTEGER NOT NULL, ended_by TEXT NOT NULL, ended_source TEXT NOT NULL,
         ended INTEGER NOT NULL, outcome TEXT NOT NULL) STRICT;
       CREATE UNIQUE INDEX one_change_in_flight ON changes((1))
         WHERE state IN ('applying', 'applied', 'confirming', 'rolling_back');
       CREATE INDEX changes_by_state ON changes(state, number);
       CREATE TRIGGER changes_are_never_removed BEFORE DELETE ON changes
         BEGIN SELECT RAISE(ABORT, 'changes are never removed'); END;
       CREATE TABLE configurations(change INTEGER PRIMARY KEY REFERENCES changes(number),
                                   sources BLOB NOT NULL) STRICT;)",
    // What it would do to the sessions that stood when it was looked at; nothing: nobody knows.
    R"(ALTER TABLE changes ADD COLUMN foreseen BLOB;)",
};

}  // namespace gw::changes
